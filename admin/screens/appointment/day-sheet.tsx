import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router-dom'
import { addDays } from '../../../resources/shared/civil-time'
import { agentName, count, formatDay, formatHour, fullName } from '../../../resources/shared/french'
import { useOpened, type OpenedData } from '../../client/action'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Checkbox } from '../../ui/checkbox'
import { DateField } from '../../ui/date-field'
import { Empty } from '../../ui/empty'
import { Field } from '../../ui/field'
import { Page } from '../../ui/page'
import { paths } from '../../paths'
import styles from './day-sheet.module.css'

type Data = OpenedData<'Appointment', 'daySheet'>
type Sheet = Data['sheets'][number]

const noon = '12:00'

const crumbs = [{ label: 'Convocations', href: paths.appointments }]

/** The sheet of a day for the reception: a place a page, black and white, to be destroyed in the evening. */
export function DaySheet() {
  const [asked] = useSearchParams()
  const { data: opened, failure, reload } = useOpened('Appointment', 'daySheet', undefined, asked.toString())
  const [withType, setWithType] = useState(true)
  const navigate = useNavigate()
  const data = opened?.data
  if (!data)
    return (
      <EmptyPage
        title="Feuille du jour"
        crumbs={crumbs}
        what="la feuille"
        failure={failure}
        onRetry={reload}
      />
    )
  const { date, places, placeId, sheets, printed, nearest, cutAt } = data
  const sheetOf = (change: { date?: string; placeId?: string }) => {
    const next = { date, placeId: String(placeId ?? ''), ...change }
    return paths.daySheet(new URLSearchParams(Object.entries(next).filter(([, value]) => value)).toString())
  }
  const show = (change: Parameters<typeof sheetOf>[0]) => navigate(sheetOf(change))
  const total = sheets.reduce((sum, { expected }) => sum + expected.length, 0)
  return (
    <Page
      title="Feuille du jour"
      windowTitle="Feuille du jour"
      crumbs={crumbs}
      lede={`${formatDay(date)}, ${data.service}. ${count(total, 'convocation', 'convocations')}.`}
      actions={
        <Button look="main" icon="print" data-key="main" onClick={() => window.print()}>
          Imprimer
        </Button>
      }
    >
      <StaleNote failure={failure} onRetry={reload} />
      <div className={`${styles.toolbar} screen-only`}>
        <Field label="Jour">
          {(field) => (
            <DateField
              field={field}
              date={date}
              today={printed.date}
              readOnly
              value={formatDay(date)}
              onPick={(day) => show({ date: day })}
            />
          )}
        </Field>
        <Button
          icon="previous"
          aria-label="Jour précédent"
          onClick={() => show({ date: addDays(date, -1) })}
        />
        <Button icon="next" aria-label="Jour suivant" onClick={() => show({ date: addDays(date, 1) })} />
        {places.length > 1 && (
          <Field label="Lieu">
            {(field) => (
              <select
                {...field}
                value={placeId ?? ''}
                onChange={(event) => show({ placeId: event.target.value })}
              >
                <option value="">Tous, une page chacun</option>
                {places.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Checkbox checked={withType} onChange={setWithType}>
          Avec le type
        </Checkbox>
        <span className="hint">Une page par lieu. À détruire en fin de journée.</span>
      </div>
      {cutAt !== null && (
        // Printed too: a reception must not believe that the sheet is whole.
        <Alert
          tone="warn"
          title={`Feuille incomplète\u00a0: les ${cutAt.toLocaleString('fr')} premières convocations du jour`}
        >
          <p>
            {placeId
              ? 'Les suivantes sont dans la liste des convocations.'
              : 'Choisissez un lieu pour lire les suivantes.'}
          </p>
        </Alert>
      )}
      {nearest && (
        <Card label="Feuille">
          <Empty title="Personne n’est attendu ce jour-là">
            <div className={`${styles.nearest} cluster`}>
              {nearest.before && (
                <ButtonLink to={sheetOf({ date: nearest.before })} icon="previous">
                  Avant&nbsp;: {formatDay(nearest.before)}
                </ButtonLink>
              )}
              {nearest.after && (
                <ButtonLink to={sheetOf({ date: nearest.after })} icon="next">
                  Ensuite&nbsp;: {formatDay(nearest.after)}
                </ButtonLink>
              )}
              <ButtonLink look="quiet" to={paths.appointments}>
                Voir les convocations
              </ButtonLink>
            </div>
          </Empty>
        </Card>
      )}
      {sheets.map((sheet) => (
        <PaperSheet key={sheet.id} sheet={sheet} data={data} withType={withType} />
      ))}
    </Page>
  )
}

function PaperSheet({ sheet, data, withType }: { sheet: Sheet; data: Data; withType: boolean }) {
  const { expected, elsewhere } = sheet
  const morning = expected.filter(({ time }) => time < noon)
  const columns = withType ? 8 : 7
  return (
    <article className={styles.sheet} aria-label={sheet.name}>
      <header>
        <p>
          {sheet.name}, {sheet.address}
        </p>
        <h2>Accueil du {formatDay(data.date)}</h2>
        <p>{count(expected.length, 'personne attendue', 'personnes attendues')}</p>
      </header>
      <div
        className={styles.scroll}
        role="region"
        aria-label={`Personnes attendues, ${sheet.name}`}
        // A table wider than a phone scrolls by keyboard too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">Heure</th>
              <th scope="col">Nom et prénom</th>
              <th scope="col">Naissance</th>
              {withType && <th scope="col">Convocation</th>}
              <th scope="col">Reçue par</th>
              <th scope="col">Pièce vue</th>
              <th scope="col">Arrivée</th>
              <th scope="col" className={styles.signature}>
                Signature
              </th>
            </tr>
          </thead>
          <tbody>
            {morning.map((line) => (
              <Line key={line.id} line={line} withType={withType} />
            ))}
            {morning.length > 0 && morning.length < expected.length && (
              <tr>
                <th colSpan={columns} scope="colgroup">
                  Après-midi
                </th>
              </tr>
            )}
            {expected.slice(morning.length).map((line) => (
              <Line key={line.id} line={line} withType={withType} />
            ))}
          </tbody>
        </table>
      </div>
      {elsewhere.length > 0 && (
        <p>
          Non affichés ici&nbsp;:{' '}
          {elsewhere
            .map(({ time, type, agent }) =>
              [`${type} de ${formatHour(time)}`, agent && agentName(agent)].filter(Boolean).join(', '),
            )
            .join('\u00a0; ')}
          .
        </p>
      )}
      <footer>
        Tiré le {formatDay(data.printed.date)} à {formatHour(data.printed.time)} par{' '}
        {agentName(data.printed.by)}
      </footer>
    </article>
  )
}

function Line({ line, withType }: { line: Sheet['expected'][number]; withType: boolean }) {
  const { person, agent } = line
  return (
    <tr>
      <td>
        <b>{formatHour(line.time)}</b>
      </td>
      <td>
        <b>{fullName(person)}</b>
      </td>
      <td>{person.yearOfBirth}</td>
      {withType && <td>{line.type}</td>}
      <td>{agent ? agentName(agent) : line.agenda}</td>
      <td />
      <td />
      <td />
    </tr>
  )
}
