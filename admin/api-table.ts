/**
 * What our screens may read and ask, by name: POST /admin/api/msj/queries/:name and
 * /commands/:name, served by admin/api.ts, called by client/client.ts, which takes its types from
 * here. Each entry parses what it is given and checks rights itself; this table decides nothing.
 */
import type { AgentActor } from '../resources/shared/actor'
import type { Context } from '../resources/shared/context'
import { setShortcuts, unlockAgent } from '../resources/agent/commands/account.server'
import { inviteAgent, resendInvitation } from '../resources/agent/commands/invitation.server'
import { agentRecord, invitationForm } from '../resources/agent/queries/directory.server'
import { markAnnouncementRead } from '../resources/announcement/commands.server'
import { bookAppointment, registerAndBook } from '../resources/appointment/commands/book.server'
import {
  cancelAppointment,
  recordOutcome,
  undoOutcome,
} from '../resources/appointment/commands/settle.server'
import { bookingForm } from '../resources/appointment/queries/booking-form.server'
import { bookingPreview } from '../resources/appointment/queries/booking-preview.server'
import { freeSlots } from '../resources/appointment/queries/free-slots.server'
import { appointmentPage, noticePreview } from '../resources/appointment/queries/page.server'
import { cityChoices } from '../resources/city/queries.server'
import { home } from '../resources/home/queries.server'
import { assignToMe, enableSms, unassign } from '../resources/probationer/commands/follow-up.server'
import { registerProbationer } from '../resources/probationer/commands/register.server'
import { updateProbationer } from '../resources/probationer/commands/update.server'
import { checkTypedPerson, searchProbationers } from '../resources/probationer/queries/list.server'
import {
  earlierHistory,
  probationerRecord,
  probationerToEdit,
} from '../resources/probationer/queries/record.server'

type Entry = (ctx: Context<AgentActor>, raw: never) => Promise<unknown>

export const queries = {
  searchProbationers,
  home,
  bookingForm,
  cityChoices,
  freeSlots,
  bookingPreview,
  checkTypedPerson,
  probationerRecord,
  probationerToEdit,
  earlierHistory,
  appointmentPage,
  noticePreview,
  agentRecord,
  invitationForm,
} satisfies Record<string, Entry>

export const commands = {
  registerProbationer,
  updateProbationer,
  registerAndBook,
  bookAppointment,
  cancelAppointment,
  recordOutcome,
  undoOutcome,
  assignToMe,
  unassign,
  enableSms,
  inviteAgent,
  resendInvitation,
  unlockAgent,
  setShortcuts,
  markAnnouncementRead,
} satisfies Record<string, Entry>

export type Queries = typeof queries
export type Commands = typeof commands
