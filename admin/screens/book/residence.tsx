import { ask, type Answer } from '../../client/client'
import { Checkbox } from '../../ui/checkbox'
import { Combobox, type ComboboxOption } from '../../ui/combobox'
import styles from './book.module.css'
import type { Typed } from './state'

async function findCities(text: string, signal: AbortSignal): Promise<Answer<ComboboxOption[]>> {
  const answer = await ask('cityChoices', { text }, signal)
  return answer.ok
    ? { ok: true, result: answer.result.map(({ id, label }) => ({ value: String(id), label })) }
    : answer
}

/** Inter-jurisdiction: the commune says which services follow the person. */
export default function Residence({
  person,
  error,
  onChange,
}: {
  person: Typed['person']
  error: string | undefined
  onChange: (change: Partial<Typed['person']>) => void
}) {
  return (
    <div className={styles.reach}>
      <Combobox
        name="cityId"
        label="Commune"
        required={!person.isHomeless && !person.livesAbroad}
        error={error}
        hint={person.cityId ? undefined : 'Choisissez dans la liste'}
        lookup="cities"
        load={findCities}
        value={person.cityId === null ? null : String(person.cityId)}
        text={person.city}
        onType={(city) => onChange({ city })}
        onChange={(cityId) => onChange({ cityId: cityId === null ? null : Number(cityId) })}
      />
      <Checkbox checked={person.isHomeless} onChange={(isHomeless) => onChange({ isHomeless })}>
        Sans domicile fixe
      </Checkbox>
      <Checkbox checked={person.livesAbroad} onChange={(livesAbroad) => onChange({ livesAbroad })}>
        Habite à l’étranger
      </Checkbox>
    </div>
  )
}
