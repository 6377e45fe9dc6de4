import { useState } from 'react'
import { Link, useParams } from 'react-router-dom'
import { departmentLabel } from '../../../resources/city/departments'
import { pageStateWords } from '../../../resources/public-page/fr'
import { formatDay, formatHour, formatShortDate } from '../../../resources/shared/french'
import { useAction, useRecord, useResource, type RecordData } from '../../client/action'
import { ActionButtons } from '../../forms/action-buttons'
import { RefusalNote } from '../../forms/form-parts'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { useNotify } from '../../frame/notice'
import { paths } from '../../paths'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { DescriptionList } from '../../ui/description-list'
import { Page } from '../../ui/page'
import { Tag } from '../../ui/tag'
import styles from './public-page.module.css'

type PageData = RecordData<'PublicPage'>

const crumbs = [{ label: 'Pages des services', href: paths.resource('PublicPage') }]

/** The page of a service: what it says, its photo, what it said before, and where the public reads it. */
export function ServicePageRecord() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useRecord('PublicPage', recordId)
  const resource = useResource('PublicPage')
  if (!opened || !resource)
    return (
      <EmptyPage
        title="Page de service"
        crumbs={crumbs}
        what="cette page"
        failure={failure}
        onRetry={reload}
      />
    )
  const { data, record } = opened
  const actions = record?.actions ?? []
  const { word, tone } = pageStateWords[data.state]
  return (
    <Page
      title={data.title}
      crumbs={crumbs}
      tag={<Tag tone={tone}>{word}</Tag>}
      lede={checkedWords(data)}
      actions={<ActionButtons resource={resource} recordId={recordId} names={actions} />}
    >
      <StaleNote failure={failure} onRetry={reload} />
      <p className="cluster">
        {data.state === 'draft' ? (
          <a href={data.previewPath} target="_blank" rel="noopener">
            Aperçu sur le site (nouvelle fenêtre)
          </a>
        ) : (
          <a href={`/preparer-ma-convocation/${data.slug}`} target="_blank" rel="noopener">
            Page lue par le public (nouvelle fenêtre)
          </a>
        )}
      </p>
      {data.draft && <Draft page={data} draft={data.draft} canWrite={actions.includes('publishDraft')} />}
      <Card title="Ce que dit la page">
        <DescriptionList
          pairs={[
            ['Service', data.organization?.name ?? 'n’utilise pas l’application'],
            ['Département', departmentLabel(data.departmentCode)],
            ...data.says.map(({ label, words }) => [label, <Lines key={label} of={words} />] as const),
            ['Remplacé par', data.successor && <Successor page={data.successor} />],
          ]}
        />
      </Card>
      <Photo page={data} canRemove={actions.includes('removePhoto')} canChange={actions.includes('photo')} />
      <Versions page={data} canRestore={actions.includes('restore')} />
    </Page>
  )
}

function checkedWords({ checkedOn, checkedBy }: PageData): string {
  if (!checkedOn) return 'Personne ne l’a encore vérifiée.'
  return `Vérifiée le ${formatShortDate(checkedOn)}${checkedBy ? ` par ${checkedBy}` : ''}.`
}

const Successor = ({ page: { id, title } }: { page: { id: number; title: string } }) => (
  <Link to={paths.record('PublicPage', id)}>{title}</Link>
)

const Lines = ({ of }: { of: string }) => <span className={styles.lines}>{of}</span>

function Photo({ page, canRemove, canChange }: { page: PageData; canRemove: boolean; canChange: boolean }) {
  const remove = useAction('PublicPage', 'removePhoto')
  const notify = useNotify()
  const { id, photo } = page
  const submit = async () => {
    const done = await remove.run(id, {})
    if (done.ok) notify({ tone: 'ok', title: done.notice })
  }
  return (
    <Card title="Photo de l’entrée">
      {remove.failure && <RefusalNote refusal={remove.failure} />}
      {photo ? (
        <figure className={styles.photo}>
          <img src={photo.address} width={photo.width} height={photo.height} alt={photo.alternative} />
          <figcaption className="hint">
            Dit à qui ne la voit pas&nbsp;: {photo.alternative}
            {photo.credit && (
              <>
                <br />
                Auteur de la photo&nbsp;: {photo.credit}
              </>
            )}
          </figcaption>
        </figure>
      ) : (
        <p>Une photo aide à reconnaître la porte, et à venir avec moins d’inquiétude.</p>
      )}
      {(canChange || canRemove) && (
        <div className="cluster">
          {canChange && (
            <ButtonLink to={paths.recordAction('PublicPage', id, 'photo')}>
              {photo ? 'Changer la photo' : 'Ajouter une photo'}
            </ButtonLink>
          )}
          {canRemove && (
            <Button look="danger" busy={remove.busy} onClick={() => void submit()}>
              Retirer la photo
            </Button>
          )}
        </div>
      )}
    </Card>
  )
}

function Draft({
  page: { id, version, previewPath },
  draft,
  canWrite,
}: {
  page: PageData
  draft: NonNullable<PageData['draft']>
  canWrite: boolean
}) {
  const publish = useAction('PublicPage', 'publishDraft')
  const drop = useAction('PublicPage', 'dropDraft')
  const notify = useNotify()
  const failure = publish.failure ?? drop.failure
  const submit = async ({ run }: typeof publish | typeof drop) => {
    const done = await run(id, { version })
    if (done.ok) notify({ tone: 'ok', title: done.notice })
  }
  return (
    <Card title="Brouillon, pas encore en ligne">
      {failure && <RefusalNote refusal={failure} />}
      <Changes of={draft.changes} />
      <p>
        <a href={previewPath} target="_blank" rel="noopener">
          Aperçu du brouillon (nouvelle fenêtre)
        </a>
      </p>
      {canWrite && (
        <div className="cluster">
          <Button look="main" busy={publish.busy} onClick={() => void submit(publish)}>
            Mettre le brouillon en ligne
          </Button>
          <Button look="danger" busy={drop.busy} onClick={() => void submit(drop)}>
            Abandonner le brouillon
          </Button>
        </div>
      )}
    </Card>
  )
}

const Changes = ({ of }: { of: PageData['versions'][number]['changes'] }) =>
  of.map(({ label, from, to }) => (
    <p key={label} className={styles.change}>
      {label}&nbsp;: {from !== null && <del>{from}</del>} {to === null ? 'retiré' : <ins>{to}</ins>}
    </p>
  ))

function Versions({ page, canRestore }: { page: PageData; canRestore: boolean }) {
  const restore = useAction('PublicPage', 'restore')
  const [asked, ask] = useState<number | null>(null)
  const notify = useNotify()
  const { id, version, versions } = page
  const submit = async (versionId: number) => {
    ask(versionId)
    const done = await restore.run(id, { version, versionId })
    if (done.ok) notify({ tone: 'ok', title: done.notice })
  }
  if (versions.length === 0) return null
  return (
    <Card title="Ce que la page a dit">
      {restore.failure && <RefusalNote refusal={restore.failure} />}
      <ol className={styles.versions}>
        {versions.map(({ id: versionId, date, time, by, changes }, rank) => {
          const when = `${formatDay(date)} à ${formatHour(time)}`
          return (
            <li key={versionId} className="stack tight">
              <p className="cluster">
                <b>{when}</b>
                {by ?? 'Contenu de départ'}
                {rank === 0 && <Tag tone="ok">Maintenant</Tag>}
              </p>
              <Changes of={changes} />
              {canRestore && rank > 0 && (
                <div>
                  <Button
                    look="quiet"
                    busy={restore.busy && asked === versionId}
                    aria-label={`Reprendre la version du ${when}`}
                    onClick={() => void submit(versionId)}
                  >
                    Reprendre cette version
                  </Button>
                </div>
              )}
            </li>
          )
        })}
      </ol>
    </Card>
  )
}
