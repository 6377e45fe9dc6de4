import { useState } from 'react'
import {
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components/ComboBox'
import type { Answer } from '../client/client'
import { useReading, useSettled } from '../client/query'
import styles from './combobox.module.css'
import errorStyles from './error-text.module.css'
import { fieldAnchor } from './field'
import fieldStyles from './field.module.css'
import { Icon } from './icon'

export interface ComboboxOption {
  value: string
  label: string
  /** Tells apart two options of one name. */
  detail?: string
}

/**
 * A choice among too many to be listed: what is typed is looked up, the options found are shown, one is
 * chosen. What is typed without choosing stays in the field, and the value is null.
 *
 *   <Combobox label="Commune" lookup="cities" load={(text, signal) => …} value={id} text={name}
 *     onChange={(value, option) => …} />
 */
export function Combobox({
  name,
  label,
  required = false,
  optional = false,
  hint,
  error,
  lookup,
  load,
  value,
  text: startText = '',
  placeholder,
  onChange,
  onType,
}: {
  /** The input it fills: what a summary of errors leads to. */
  name?: string
  label: string
  required?: boolean
  optional?: boolean
  hint?: string | undefined
  error?: string | undefined
  /** The name of what is looked up: with the text, the key of what was found. */
  lookup: string
  load: (text: string, signal: AbortSignal) => Promise<Answer<readonly ComboboxOption[]>>
  value: string | null
  /** What the field shows at first: the label of its value. */
  text?: string
  placeholder?: string
  onChange: (value: string | null, option: ComboboxOption | null) => void
  /** What is typed, for a form that keeps it. */
  onType?: (text: string) => void
}) {
  const [text, setText] = useState(startText)
  const wanted = useSettled(text.trim(), 200)
  const { data, failure, loading } = useReading(['combobox', lookup, wanted], (signal) =>
    load(wanted, signal),
  )
  const options = data ?? []
  const type = (typed: string) => {
    setText(typed)
    onType?.(typed)
  }
  return (
    <ComboBox
      className={fieldStyles.field ?? ''}
      {...(name !== undefined && { id: fieldAnchor(name) })}
      isRequired={required}
      data-error={error ? '' : undefined}
      isInvalid={error !== undefined}
      items={options}
      inputValue={text}
      value={value}
      allowsCustomValue
      allowsEmptyCollection
      onInputChange={(typed) => {
        type(typed)
        if (value !== null && typed !== labelOf(options, value)) onChange(null, null)
      }}
      onChange={(key) => {
        const option = options.find((one) => one.value === key)
        if (!option) return
        type(option.label)
        onChange(option.value, option)
      }}
    >
      <Label>
        {label} {optional && <span className={fieldStyles.optional}>facultatif</span>}
      </Label>
      <Input autoComplete="off" spellCheck={false} {...(placeholder !== undefined && { placeholder })} />
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className={errorStyles.error ?? ''}>
        <Icon name="warning" />
        {error}
      </FieldError>
      <Popover className={styles.popover ?? ''}>
        <ListBox<ComboboxOption>
          renderEmptyState={() => (
            <p className={styles.told}>
              {failure ? failure.message : loading ? 'Recherche…' : 'Rien à ce nom.'}
            </p>
          )}
        >
          {(option) => (
            <ListBoxItem className={styles.option ?? ''} id={option.value} textValue={option.label}>
              {option.label}
              {option.detail && <span className="subline">{option.detail}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}

const labelOf = (options: readonly ComboboxOption[], value: string) =>
  options.find((option) => option.value === value)?.label
