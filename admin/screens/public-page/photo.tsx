import { useRef, useState } from 'react'
import { useNavigate, useParams } from 'react-router-dom'
import { publicPageRefusals } from '../../../resources/public-page/fr'
import { useAction, useOpened } from '../../client/action'
import { RefusalNote } from '../../forms/form-parts'
import { EmptyPage } from '../../frame/failures'
import { paths } from '../../paths'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Field } from '../../ui/field'
import { focusFirstError } from '../../ui/focus'
import { Page } from '../../ui/page'
import styles from './public-page.module.css'

const title = 'Photo de l’entrée'

/** Chooses the photo of a service, looks at it, and says what it shows. */
export function PagePhoto() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useOpened('PublicPage', 'photo', recordId)
  const crumbs = [
    { label: 'Pages des services', href: paths.resource('PublicPage') },
    { label: opened?.record?.title ?? '', href: paths.record('PublicPage', recordId) },
  ]
  if (!opened)
    return <EmptyPage title={title} crumbs={crumbs} what="cette page" failure={failure} onRetry={reload} />
  const { version, values } = opened.data
  return (
    <Page
      title={title}
      crumbs={crumbs}
      lede="Personne ne doit y être reconnaissable, ni aucune plaque de voiture."
    >
      <PhotoForm recordId={recordId} version={version} start={values} />
    </Page>
  )
}

function PhotoForm({
  recordId,
  version,
  start,
}: {
  recordId: string
  version: string
  start: { alternative: string; credit: string }
}) {
  const [image, setImage] = useState('')
  const [alternative, setAlternative] = useState(start.alternative)
  const [credit, setCredit] = useState(start.credit)
  const { busy, failure, run, setFailure } = useAction('PublicPage', 'photo')
  const element = useRef<HTMLFormElement>(null)
  const navigate = useNavigate()
  const errors = failure?.fieldErrors ?? {}

  const choose = async (file: File | undefined) => {
    const read = file ? await smaller(file) : ''
    const message = publicPageRefusals['public_page.photo_unreadable']
    setImage(read ?? '')
    setFailure(read === null ? { ok: false, status: 400, message, fieldErrors: { image: message } } : null)
  }
  const send = async () => {
    if (busy) return
    const done = await run(recordId, { version, image, alternative, credit })
    if (done.ok) navigate(paths.record('PublicPage', recordId), { state: { notice: { title: done.notice } } })
    else focusFirstError(element.current)
  }

  return (
    <form
      className="stack"
      noValidate
      ref={element}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {failure && <RefusalNote refusal={failure} />}
      <Card
        label={title}
        footer={
          <div className="cluster">
            <Button type="submit" look="main" busy={busy}>
              Enregistrer la photo
            </Button>
            <ButtonLink to={paths.record('PublicPage', recordId)}>Renoncer</ButtonLink>
          </div>
        }
      >
        <Field
          name="image"
          label="Photo"
          required
          hint="JPEG, PNG ou WebP, prise en largeur de préférence."
          error={errors.image}
        >
          {(field) => (
            <input
              {...field}
              type="file"
              accept="image/jpeg,image/png,image/webp"
              onChange={(event) => void choose(event.target.files?.[0])}
            />
          )}
        </Field>
        {image && (
          <img
            className={styles.chosen}
            src={`data:image/jpeg;base64,${image}`}
            alt={alternative || 'Aperçu'}
          />
        )}
        <Field
          name="alternative"
          label="Ce que montre la photo"
          required
          hint="Lu à qui ne la voit pas. Exemple&nbsp;: portail bleu au numéro 12, interphone à droite."
          error={errors.alternative}
        >
          {(field) => (
            <input {...field} value={alternative} onChange={(event) => setAlternative(event.target.value)} />
          )}
        </Field>
        <Field name="credit" label="Auteur de la photo" optional error={errors.credit}>
          {(field) => <input {...field} value={credit} onChange={(event) => setCredit(event.target.value)} />}
        </Field>
      </Card>
    </form>
  )
}

/** More than the site shows of it: the server makes its own from what it is sent. */
const widest = 1_600

/** The photo in base 64, no heavier than is of use: phones take them at ten megabytes. Null when it is not one. */
async function smaller(file: File): Promise<string | null> {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null
  const scale = Math.min(1, widest / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return canvas.toDataURL('image/jpeg', 0.85).replace(/^[^,]*,/, '')
}
