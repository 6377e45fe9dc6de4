import { reminderChoiceWords } from '../../../resources/message/template/fr'
import { reminderChoiceOf } from '../../../resources/message/template/rules'
import { reminderChoices, type ReminderChoice } from '../../../resources/message/template/schema'
import { classes } from '../../ui/classes'
import { Field } from '../../ui/field'
import type { Editor } from './editor'
import styles from './texts.module.css'

/** When the reminder leaves: chosen by the team, with what is known of it. */
export function ReminderHours({
  editor: { reminder, may, service },
  hours,
  error,
  onChoose,
}: {
  editor: Editor
  hours: ReminderChoice
  error: string | undefined
  onChoose: (hours: ReminderChoice) => void
}) {
  const common = reminderChoiceWords[reminderChoiceOf(reminder.common)].toLowerCase()
  const wordsOf = (choice: ReminderChoice) =>
    choice === 'common' ? `${reminderChoiceWords.common} (${common})` : reminderChoiceWords[choice]
  const evidence = 'La veille réduit les absences\u00a0; deux jours avant, seul, n’a pas d’effet mesuré.'
  if (!may.write)
    return (
      <p>
        <b>Le rappel part {hours === 'common' ? common : reminderChoiceWords[hours].toLowerCase()}.</b>
        <span className="subline">{evidence}</span>
      </p>
    )
  return (
    <div className={classes('stack tight', styles.reminder)}>
      <Field
        name="hours"
        label="Le rappel part"
        hint={`${evidence} Les rappels déjà prévus ne changent pas.`}
        error={error}
      >
        {(field) => (
          <select
            {...field}
            value={hours}
            onChange={(event) => onChoose(reminderChoices.find((one) => one === event.target.value) ?? hours)}
          >
            {reminderChoices
              .filter((choice) => choice !== 'common' || service !== null)
              .map((choice) => (
                <option key={choice} value={choice}>
                  {wordsOf(choice)}
                </option>
              ))}
          </select>
        )}
      </Field>
    </div>
  )
}
