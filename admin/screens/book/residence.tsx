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

const nowhere = { cityId: null, city: '', isHomeless: false, livesAbroad: false }

/** Inter-jurisdiction: the commune says which services follow the person. Of the three answers, one at a time. */
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
        // What it shows is its own: emptied with the commune that a box below replaces.
        key={String(person.isHomeless || person.livesAbroad)}
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
        onChange={(cityId, option) =>
          onChange(
            cityId === null
              ? { cityId: null }
              : { ...nowhere, cityId: Number(cityId), city: option?.label ?? person.city },
          )
        }
      />
      <Checkbox
        checked={person.isHomeless}
        onChange={(isHomeless) => onChange(isHomeless ? { ...nowhere, isHomeless } : { isHomeless })}
      >
        Sans domicile fixe
      </Checkbox>
      <Checkbox
        checked={person.livesAbroad}
        onChange={(livesAbroad) => onChange(livesAbroad ? { ...nowhere, livesAbroad } : { livesAbroad })}
      >
        Habite à l’étranger
      </Checkbox>
    </div>
  )
}
