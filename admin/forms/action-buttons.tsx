/** The buttons of the actions that are possible: those of a resource, of a record, of the rows ticked. */
import { useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { act, undoOf, type ResourceInStore } from '../client/action'
import { useNotify } from '../frame/notice'
import { paths } from '../paths'
import { keepFocus } from '../ui/focus'
import { Button, ButtonLink, type ButtonLook } from '../ui/button'

const looks: Readonly<Record<string, ButtonLook | undefined>> = {
  main: 'main',
  danger: 'danger',
  plain: undefined,
}

/** Of the names given, in their order, those the declarations draw as buttons. AdminJS has an order of its own. */
export function ActionButtons({
  resource,
  recordId,
  names,
}: {
  resource: ResourceInStore
  recordId?: string
  names: readonly string[]
}) {
  return (
    <>
      {names
        .flatMap((wanted) => resource.actions.filter(({ name }) => name === wanted))
        .filter(({ custom }) => custom.button && !custom.elsewhere)
        .map(({ name, custom }) => {
          if (custom.immediate)
            return <ActButton key={name} resource={resource} name={name} target={recordId} />
          return (
            <ButtonLink
              key={name}
              to={
                recordId
                  ? paths.recordAction(resource.id, recordId, name)
                  : paths.resourceAction(resource.id, name)
              }
              look={looks[custom.look]}
              shortcut={name}
              {...(custom.icon && { icon: custom.icon })}
            >
              {custom.button}
            </ButtonLink>
          )
        })}
    </>
  )
}

/** An action that asks nothing: done by its button, said by the notice, here or where what it made is. */
export function ActButton({
  resource,
  name,
  target,
  label,
  onDone,
}: {
  resource: ResourceInStore
  name: string
  target: string | readonly string[] | undefined
  /** What it is called when it is read alone: whose. */
  label?: string
  onDone?: () => void
}) {
  const notify = useNotify()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const words = resource.actions.find((action) => action.name === name)?.custom
  if (!words) return null
  const run = async () => {
    setBusy(true)
    const answer = await act(resource.id, name, target, {})
    setBusy(false)
    if (!answer.ok) return notify({ tone: 'bad', title: answer.message })
    if (answer.next) return navigate(answer.next, { state: { notice: { title: answer.notice } } })
    const undo = undoOf(resource, answer)
    notify({
      tone: 'ok',
      title: answer.notice,
      ...(undo && { undo: { ...undo, run: () => act(resource.id, undo.action, target, {}) } }),
    })
    onDone?.()
    keepFocus()
  }
  return (
    <Button
      look={looks[words.look]}
      busy={busy}
      aria-label={label}
      onClick={() => void run()}
      {...(words.icon && { icon: words.icon })}
    >
      {words.button}
    </Button>
  )
}
