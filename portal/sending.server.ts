import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'
import type * as z from 'zod'
import type { SystemActor } from '../resources/shared/actor'
import type { Command } from '../resources/shared/command'
import { TooMany } from '../resources/shared/errors'
import { countAgainst, uncount } from '../resources/shared/throttle.server'
import type { Sent } from '../resources/site-request/commands/send.server'
import { act, visitor, type FormValues } from './door.server'

const tooOften =
  'Trop de demandes depuis votre réseau. Rien n’est perdu\u00a0: attendez une heure, puis renvoyez ce formulaire.'

/** Sends a form of the site: a page that says so, with the reference, or the form again with what was typed. */
export async function sendForm<Input extends z.ZodType>(
  { request, context }: ActionFunctionArgs,
  command: Command<Input, Sent, SystemActor>,
  inputOf: (form: FormValues) => z.input<Input>,
  counted: 'site-request' | 'absence' = 'site-request',
) {
  context.refused = true
  const refused = await countAgainst(counted, context.ip)
  const outcome = await act(request, visitor, command, (form) => {
    if (refused) throw new TooMany('forms of the site')
    return inputOf(form)
  })
  if (outcome.done) return redirect(`/contact/recue/${outcome.result.reference}`, 303)
  if (refused)
    return data(
      { ...outcome.answer.data, message: tooOften },
      { status: 429, headers: { 'Retry-After': '3600' } },
    )
  // What was not sent is not counted: whoever mends a form keeps nobody of their network from sending one.
  await uncount(counted, context.ip)
  return outcome.answer
}
