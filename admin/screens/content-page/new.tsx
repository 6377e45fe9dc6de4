import { useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { useAction } from '../../client/action'
import { useDraft } from '../../client/draft'
import { DraftKept } from '../../forms/form-parts'
import { paths } from '../../paths'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'
import { Page } from '../../ui/page'
import { blank } from './state'
import { Writing } from './writing'

/** A page that begins: its address, then what it says. */
export function NewContentPage() {
  const draft = useDraft('nouvelle-page', { path: '', ...blank })
  const [refused, setRefused] = useState(false)
  const create = useAction('ContentPage', 'new')
  const navigate = useNavigate()
  const { path, ...typed } = draft.value
  const submit = async () => {
    const done = await create.run({ ...typed, path })
    setRefused(!done.ok)
    if (!done.ok) return
    draft.clear({ path: '', ...blank })
    navigate(done.next ?? paths.resource('ContentPage'), { state: { notice: { title: done.notice } } })
  }
  return (
    <Page
      title="Nouvelle page"
      crumbs={[{ label: 'Pages du site', href: paths.resource('ContentPage') }]}
      lede="Un brouillon&nbsp;: personne ne le voit avant sa mise en ligne."
    >
      <Writing
        typed={typed}
        pathsOnline={null}
        refusal={refused ? create.failure : null}
        onChange={(change) => draft.setValue((before) => ({ ...before, ...change }))}
        onSubmit={() => void submit()}
        head={
          <Field
            name="path"
            label="Adresse"
            required
            hint="Elle ne change plus ensuite. Exemple&nbsp;: /comprendre-ma-peine/victimes"
            error={refused ? create.failure?.fieldErrors.path : undefined}
          >
            {(field) => (
              <input
                {...field}
                value={path}
                autoCapitalize="none"
                onChange={(event) => draft.setValue((before) => ({ ...before, path: event.target.value }))}
              />
            )}
          </Field>
        }
        footer={
          <div className="cluster">
            <Button type="submit" look="main" busy={create.busy} data-key="main">
              Enregistrer le brouillon
            </Button>
            <span className="push">
              <DraftKept draft={draft} onStartAgain={() => draft.clear({ path: '', ...blank })} />
            </span>
          </div>
        }
      />
    </Page>
  )
}
