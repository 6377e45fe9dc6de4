import { useState, type ReactNode } from 'react'
import { layoutWords, legalStatusWords } from '../../../resources/content-page/fr'
import { layouts, legalStatuses, longest } from '../../../resources/content-page/schema'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { classes } from '../../ui/classes'
import { Field } from '../../ui/field'
import styles from './content-page.module.css'
import type { Typed } from './state'

type Errors = Readonly<Record<string, string>>
export interface FieldsProps {
  typed: Typed
  errors: Errors
  onChange: (change: Partial<Typed>) => void
}

const texts = [
  { name: 'title', label: 'Titre', hint: 'En haut de la page.' },
  { name: 'shortTitle', label: 'Titre court', hint: 'Dans les menus et le fil d’Ariane.' },
  { name: 'description', label: 'Description', hint: 'Lue dans les moteurs de recherche.' },
  { name: 'lead', label: 'Chapô', hint: 'Une ou deux phrases sous le titre.' },
] as const

/** What stands around the text: its names, where it is among the others, how it is shown. */
export function HeadFields({ typed, errors, onChange }: FieldsProps) {
  return (
    <>
      {texts.map(({ name, label, hint }) => (
        <Field
          key={name}
          name={name}
          label={label}
          required
          hint={`${hint} ${typed[name].length} signes sur ${longest[name]}.`}
          error={errors[name]}
        >
          {(field) =>
            name === 'lead' || name === 'description' ? (
              <textarea
                {...field}
                rows={2}
                value={typed[name]}
                onChange={(event) => onChange({ [name]: event.target.value })}
              />
            ) : (
              <input
                {...field}
                value={typed[name]}
                onChange={(event) => onChange({ [name]: event.target.value })}
              />
            )
          }
        </Field>
      ))}
      <div className={styles.pair}>
        <Choice
          name="layout"
          label="Présentation"
          value={typed.layout}
          values={layouts}
          words={layoutWords}
          error={errors.layout}
          onChange={(layout) => onChange({ layout })}
        />
        <Field name="order" label="Rang" hint="Parmi les pages voisines." error={errors.order}>
          {(field) => (
            <input
              {...field}
              inputMode="numeric"
              value={typed.order}
              onChange={(event) => onChange({ order: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Choice
        name="legalStatus"
        label="Contenu juridique"
        hint="Su des rédacteurs seulement&nbsp;: la page ne le dit pas."
        value={typed.legalStatus}
        values={legalStatuses}
        words={legalStatusWords}
        error={errors.legalStatus}
        onChange={(legalStatus) => onChange({ legalStatus })}
      />
    </>
  )
}

function Choice<Value extends string>({
  name,
  label,
  hint,
  value,
  values,
  words,
  error,
  onChange,
}: {
  name: string
  label: string
  hint?: string
  value: Value
  values: readonly Value[]
  words: Readonly<Record<Value, string>>
  error: string | undefined
  onChange: (value: Value) => void
}) {
  return (
    <Field name={name} label={label} hint={hint} error={error}>
      {(field) => (
        <select
          {...field}
          value={value}
          onChange={(event) => onChange(values.find((one) => one === event.target.value) ?? value)}
        >
          {values.map((one) => (
            <option key={one} value={one}>
              {words[one]}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

const factFields = [
  { name: 'key', label: 'Nom', hint: 'Cité dans le texte par son nom' },
  { name: 'label', label: 'Ce qu’il mesure' },
  { name: 'value', label: 'Chiffre' },
  { name: 'source', label: 'Source' },
  { name: 'asOf', label: 'À la date du', isDay: true },
] as const
const sourceFields = [
  { name: 'code', label: 'Texte ou organisme' },
  { name: 'article', label: 'Article', optional: true },
  { name: 'asOf', label: 'À la date du', isDay: true },
] as const

/** Amounts and durations of the text: each with where it comes from, and since when. */
export const FactsCard = ({ typed: { facts }, errors, onChange }: FieldsProps) => (
  <Card title={`Chiffres (${facts.length})`}>
    <Rows
      of={facts}
      list="facts"
      fields={factFields}
      noun={['Chiffre', 'Ajouter un chiffre']}
      nameOf={({ label, value }) => [label, value].filter(Boolean).join('\u00a0: ')}
      errors={errors}
      blank={{ key: '', label: '', value: '', source: '', asOf: '' }}
      onChange={(next) => onChange({ facts: next })}
    />
  </Card>
)

/** The texts that the page rests on. */
export const SourcesCard = ({ typed: { sources }, errors, onChange }: FieldsProps) => (
  <Card title={`Sources (${sources.length})`}>
    <Rows
      of={sources}
      list="sources"
      fields={sourceFields}
      noun={['Source', 'Ajouter une source']}
      nameOf={({ code, article }) => [code, article].filter(Boolean).join(', ')}
      errors={errors}
      blank={{ code: '', article: '', asOf: '' }}
      onChange={(next) => onChange({ sources: next })}
    />
  </Card>
)

function Rows<Row extends Readonly<Record<string, string>>>({
  of,
  list,
  fields,
  noun: [one, add],
  nameOf,
  errors,
  blank: empty,
  onChange,
}: {
  of: readonly Row[]
  list: string
  fields: readonly {
    name: keyof Row & string
    label: string
    hint?: ReactNode
    isDay?: boolean
    optional?: boolean
  }[]
  noun: readonly [string, string]
  /** What says of one which it is, folded; nothing is said of one that is not written yet. */
  nameOf: (row: Row) => string
  errors: Errors
  blank: Row
  onChange: (rows: Row[]) => void
}) {
  return (
    <>
      {errors[list] && <p className="hint">{errors[list]}</p>}
      <ol className={styles.rows}>
        {of.map((row, rank) => (
          <Folded
            key={rank}
            name={nameOf(row)}
            isWrong={fields.some(({ name }) => errors[`${list}.${rank}.${name}`])}
          >
            <fieldset className={styles.record}>
              <legend className="visually-hidden">{`${one} ${rank + 1}`}</legend>
              {fields.map(({ name, label, hint, isDay, optional = false }) => (
                <Field
                  key={name}
                  label={label}
                  required={!optional}
                  optional={optional}
                  hint={hint}
                  error={errors[`${list}.${rank}.${name}`]}
                >
                  {(field) => (
                    <input
                      {...field}
                      type={isDay ? 'date' : 'text'}
                      value={row[name]}
                      onChange={(event) =>
                        onChange(
                          of.map((other, at) =>
                            at === rank ? { ...row, [name]: event.target.value } : other,
                          ),
                        )
                      }
                    />
                  )}
                </Field>
              ))}
              <div className={classes('cluster', styles.remove)}>
                <Button
                  look="quiet"
                  aria-label={`Retirer ${one.toLowerCase()} ${rank + 1}`}
                  onClick={() => onChange(of.filter((_, at) => at !== rank))}
                >
                  Retirer
                </Button>
              </div>
            </fieldset>
          </Folded>
        ))}
      </ol>
      <div>
        <Button icon="plus" onClick={() => onChange([...of, empty])}>
          {add}
        </Button>
      </div>
    </>
  )
}

/** One of many, known by its name: open while it has none, and as long as something in it is wrong. */
function Folded({ name, isWrong, children }: { name: string; isWrong: boolean; children: ReactNode }) {
  const [open, setOpen] = useState(name === '')
  return (
    <li>
      <details open={open || isWrong} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{name || 'À remplir'}</summary>
        {children}
      </details>
    </li>
  )
}
