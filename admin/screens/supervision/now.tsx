import { formatBirth, formatInstant } from '../../../resources/shared/french'
import { definitions, lastedWords, taskLabel, taskLabels } from '../../../resources/watch/fr'
import { teamZone } from '../../../resources/watch/rules'
import type { Column } from '../../define/list'
import { Card } from '../../ui/card'
import { DescriptionList } from '../../ui/description-list'
import { KeyFigure, KeyFigures } from '../../ui/key-figure'
import { Cell, Row, Table } from '../../ui/table'
import { Tag } from '../../ui/tag'
import type { SaidBy } from './data'
import styles from './supervision.module.css'

const at = (instant: string) => formatInstant(new Date(instant), teamZone)
const rounded = (value: number) => Math.round(value).toLocaleString('fr-FR')

/** The messages whose hour has come, and those under way. */
export function WaitingFigures({ waiting, now }: { waiting: SaidBy<'waiting'>; now: string }) {
  const { oldestDueAt, due, sending, unknown } = waiting
  return (
    <KeyFigures>
      <KeyFigure
        title="Plus ancien en attente"
        value={oldestDueAt ? lastedWords(new Date(now).getTime() - new Date(oldestDueAt).getTime()) : 'Aucun'}
      >
        <p className="hint">{definitions.oldestDue}</p>
      </KeyFigure>
      <KeyFigure title="En attente" value={due.toLocaleString('fr-FR')}>
        <p className="hint">{definitions.due}</p>
      </KeyFigure>
      <KeyFigure title="En cours d’envoi" value={sending.toLocaleString('fr-FR')}>
        <p className="hint">{definitions.sending}</p>
      </KeyFigure>
      <KeyFigure title="En vérification" value={unknown.toLocaleString('fr-FR')}>
        <p className="hint">{definitions.unknown}</p>
      </KeyFigure>
    </KeyFigures>
  )
}

/** What is left at the provider, and until when. */
export function Credit({
  credit: { credits, creditsAt, unreadSince, forecast, alertBelow },
}: {
  credit: SaidBy<'credit'>
}) {
  const low = credits !== null && forecast && credits < Math.max(forecast.needed, alertBelow)
  return (
    <Card title="Crédit" aside={low && <Tag tone="warn">À recharger</Tag>}>
      <DescriptionList
        pairs={[
          [
            'Reste',
            credits === null ? (
              'Aucun fournisseur n’a dit ce qu’il reste'
            ) : (
              <>
                <b>{rounded(credits)} crédits</b>
                {creditsAt && <span className="hint"> le {at(creditsAt)}</span>}
              </>
            ),
          ],
          ['Dernier relevé', unreadSince && `sans réponse depuis le ${at(unreadSince)}`],
          [
            'Attendus en 7 jours',
            forecast ? (
              <>
                {rounded(forecast.needed)} crédits{' '}
                <span className="hint">
                  comptés le {at(forecast.computedAt)}
                  {forecast.isOld && '\u00a0: ils ne le sont plus'}
                </span>
              </>
            ) : (
              'Pas encore comptés'
            ),
          ],
          [
            'À ce rythme',
            credits === null || !forecast
              ? null
              : forecast.endsOn
                ? `crédit épuisé le ${formatBirth(forecast.endsOn)}`
                : 'plus d’un an de crédit',
          ],
        ]}
      />
      <p className="hint">Reste&nbsp;: {definitions.credit}.</p>
      <p className="hint">Attendus&nbsp;: {definitions.forecast}.</p>
    </Card>
  )
}

/** Whether receipts come. */
export function Receipts({
  receipts: { lastAt, awaited, unanswered, silent },
}: {
  receipts: SaidBy<'receipts'>
}) {
  return (
    <Card title="Accusés de réception" aside={silent && <Tag tone="bad">Silence</Tag>}>
      <DescriptionList
        pairs={[
          ['Dernier accusé', lastAt ? at(lastAt) : 'Aucun n’est encore venu'],
          ['Envoyés depuis, sans accusé', unanswered ? `depuis le ${at(unanswered)}` : 'Aucun'],
          ['Encore attendus', `${awaited.toLocaleString('fr-FR')} SMS des 72 dernières heures`],
        ]}
      />
      <p className="hint">{definitions.receipts}.</p>
    </Card>
  )
}

const task: Column = { key: 'task', label: 'Tâche' }
const last: Column = { key: 'last', label: 'Dernier passage' }
const number = { number: true, named: true, unbroken: true }
const handled: Column = { key: 'handled', label: 'Traités', ...number }
const duration: Column = { key: 'duration', label: 'Durée', ...number }

/** The tasks that run by themselves, and those that fail. */
export function Runs({ runs, queue }: { runs: SaidBy<'runs'>; queue: SaidBy<'queue'> }) {
  const lagging = runs.filter(({ run, late }) => late || (run && run.leftOut > 0))
  return (
    <Card title="Tâches automatiques" aside={lagging.length > 0 && <Tag tone="warn">À regarder</Tag>} flush>
      <div className={styles.definition}>
        <p className="hint">{definitions.runs}.</p>
        {queue && (
          <p>
            <b>{queue.figures.due.toLocaleString('fr-FR')}</b> en file d’attente{' '}
            {queue.figures.failing.length > 0 && (
              <Tag tone="warn">
                {`En échec\u00a0: ${queue.figures.failing
                  .map((one) => `${taskLabel(one.task)} (${one.total})`)
                  .join(', ')}`}
              </Tag>
            )}{' '}
            <span className="hint">
              comptées le {at(queue.computedAt)}
              {queue.isOld && '\u00a0: elles ne le sont plus'}. {definitions.queue}.
            </span>
          </p>
        )}
      </div>
      {lagging.length > 0 && <TableOfRuns label="tâches en retard ou incomplètes" runs={lagging} />}
      <details className={styles.definition}>
        <summary>Toutes les tâches ({runs.length})</summary>
        <TableOfRuns label="tâches automatiques" runs={runs} />
      </details>
    </Card>
  )
}

function TableOfRuns({ label, runs }: { label: string; runs: SaidBy<'runs'> }) {
  return (
    <Table label={`Tableau\u00a0: ${label}`} columns={[task, last, handled, duration]}>
      {runs.map(({ task: name, run, late }) => (
        <Row key={name}>
          <Cell column={task}>{taskLabels[name]}</Cell>
          <Cell column={last}>
            {run ? at(run.startedAt) : <span className="hint">Jamais</span>}{' '}
            {late && <Tag tone="warn">En retard</Tag>}
            {run && run.leftOut > 0 && <Tag tone="warn">{`${run.leftOut} de côté`}</Tag>}
          </Cell>
          <Cell column={handled}>{run?.handled.toLocaleString('fr-FR')}</Cell>
          <Cell column={duration}>{run && lastedWords(run.durationMs)}</Cell>
        </Row>
      ))}
    </Table>
  )
}
