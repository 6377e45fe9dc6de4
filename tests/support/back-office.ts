import { sessionCookie } from './agent-session'
import type { RunningHost } from './server'

export interface Answer<Result = unknown> {
  status: number
  ok: boolean
  result: Result
  message?: string
  code?: string
  fieldErrors: Record<string, string>
}

interface Listed {
  meta: { total: number; more: boolean; page: number; perPage: number }
  records: { id: number; cells: Record<string, unknown> }[]
}

/** Where a command is an action: its resource, its name, and the field of its input that the address holds (ids: a bulk). */
const actions: Readonly<Record<string, readonly [resource: string, name: string, idField?: string]>> = {
  registerProbationer: ['Probationer', 'register'],
  registerAndBook: ['Probationer', 'registerAndConvoke'],
  updateProbationer: ['Probationer', 'edit', 'probationerId'],
  bookAppointment: ['Probationer', 'convoke', 'probationerId'],
  cancelAppointment: ['Appointment', 'cancel', 'appointmentId'],
  rescheduleAppointment: ['Appointment', 'reschedule', 'appointmentId'],
  recordOutcome: ['Appointment', 'recordOutcome', 'appointmentId'],
  undoOutcome: ['Appointment', 'undoOutcome', 'appointmentId'],
  inviteAgent: ['Agent', 'new'],
  resendInvitation: ['Agent', 'resendInvitation', 'agentId'],
  changeAgentRole: ['Agent', 'changeRole', 'agentId'],
  unlockAgent: ['Agent', 'unlock', 'agentId'],
  editAgent: ['Agent', 'edit', 'agentId'],
  pullAgent: ['Agent', 'pull'],
  pushAgent: ['Agent', 'push', 'agentId'],
  deleteAgent: ['Agent', 'delete', 'agentId'],
  archiveProbationer: ['Probationer', 'archive', 'probationerId'],
  deleteProbationer: ['Probationer', 'delete', 'probationerId'],
  recordRequest: ['Probationer', 'recordRequest', 'probationerId'],
  answerRequest: ['RightsRequest', 'answer', 'requestId'],
  answerSiteRequest: ['SiteRequest', 'answer', 'requestId'],
  unarchiveProbationer: ['Probationer', 'unarchive', 'probationerId'],
  lookUpIdentity: ['Probationer', 'lookUp'],
  requestDivestment: ['Divestment', 'request'],
  acceptDivestment: ['Divestment', 'accept', 'divestmentId'],
  withdrawDivestment: ['Divestment', 'withdraw', 'divestmentId'],
  transferPerson: ['Probationer', 'transfer', 'probationerId'],
  chooseAgent: ['Probationer', 'chooseAgent', 'probationerId'],
  handOver: ['Probationer', 'handOver', 'probationerIds'],
  takeBack: ['Probationer', 'takeBack', 'probationerIds'],
  createSlots: ['Slot', 'new'],
  changeCapacity: ['Slot', 'edit', 'slotId'],
  closeSlots: ['Slot', 'close', 'slotIds'],
  reopenSlots: ['Slot', 'reopen', 'slotIds'],
  deleteSlots: ['Slot', 'delete', 'slotIds'],
  createRecurringSlots: ['RecurringSlot', 'new'],
  deleteRecurringSlots: ['RecurringSlot', 'deleteAll', 'recurringSlotId'],
  createPlace: ['Place', 'new'],
  updatePlace: ['Place', 'edit', 'placeId'],
  updateProfile: ['Agent', 'profile'],
  changeOwnPassword: ['Agent', 'changePassword'],
  closeOtherSessions: ['Agent', 'closeOtherSessions'],
  createPage: ['ContentPage', 'new'],
  saveDraft: ['ContentPage', 'edit', 'pageId'],
  publishPage: ['ContentPage', 'publish', 'pageId'],
  writeText: ['MessageTemplate', 'write'],
  proposeText: ['MessageTemplateProposal', 'propose'],
  acceptProposal: ['MessageTemplateProposal', 'accept', 'proposalId'],
  refuseProposal: ['MessageTemplateProposal', 'refuse', 'proposalId'],
}

/** Where a page is read with its record or its form; the other queries are look-ups. */
const pages: typeof actions = {
  probationerRecord: ['Probationer', 'show', 'probationerId'],
  probationerToEdit: ['Probationer', 'edit', 'probationerId'],
  divestmentRecord: ['Divestment', 'show', 'divestmentId'],
  appointmentPage: ['Appointment', 'show', 'appointmentId'],
  agentRecord: ['Agent', 'show', 'agentId'],
  invitationForm: ['Agent', 'new'],
  ownProfile: ['Agent', 'profile'],
  placeToEdit: ['Place', 'edit', 'placeId'],
  roleToChange: ['Agent', 'changeRole', 'agentId'],
  agentToEdit: ['Agent', 'edit', 'agentId'],
  agentToPush: ['Agent', 'push', 'agentId'],
  agentToDelete: ['Agent', 'delete', 'agentId'],
  slotToChange: ['Slot', 'edit', 'slotId'],
  summonsPage: ['Appointment', 'print', 'appointmentId'],
  textEditor: ['MessageTemplate', 'texts'],
}

function addressOf([resource, name, idField]: readonly [string, string, string?], input: object): string {
  const id = (input as Record<string, unknown>)[idField ?? '']
  if (Array.isArray(id)) return `/admin/api/resources/${resource}/bulk/${name}?recordIds=${id.join(',')}`
  return `/admin/api/resources/${resource}/${idField ? `records/${String(id)}` : 'actions'}/${name}`
}

/** The back office as the browser of an agent asks it, over HTTP. */
export async function backOffice(host: RunningHost, by: { id: number } | { cookie: string }) {
  const cookie = 'cookie' in by ? by.cookie : await sessionCookie(by.id)
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const read = async (path: string) => {
    const response = await fetch(host.url + path, { headers })
    return { status: response.status, body: (await response.json()) as object }
  }
  const post = async <Result>(path: string, input: object): Promise<Answer<Result>> => {
    const response = await fetch(host.url + path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    return { status: response.status, ...((await response.json()) as Omit<Answer<Result>, 'status'>) }
  }
  return {
    /** What a page or a look-up gives; of a record, the names of what may be done with it too. */
    async query<Result>(name: string, input: object = {}): Promise<Answer<Result>> {
      const page = pages[name]
      if (!page) return post(`/admin/api/lookups/${name}`, input)
      // Of a page about no record, all that is asked is in the address.
      const asked = page[2] ? '' : `?${new URLSearchParams(input as Record<string, string>).toString()}`
      const { status, body } = await read(addressOf(page, input) + asked)
      const { data, record, ...refusal } = body as { data?: object; record?: { actions: string[] } | null }
      const result = { ...data, actions: record?.actions ?? [] } as Result
      return { fieldErrors: {}, ...refusal, status, ok: status === 200, result }
    },
    command<Result>(name: string, input: object = {}): Promise<Answer<Result>> {
      const action = actions[name]
      if (!action) throw new Error(`${name} is no action`)
      return post(addressOf(action, input), input)
    },
    /** What a record drawn from its columns says. */
    async cells(resource: string, id: number): Promise<Record<string, unknown>> {
      const { body } = await read(`/admin/api/resources/${resource}/records/${id}/show`)
      return (body as { record: { cells: Record<string, unknown> } }).record.cells
    },
    /** Whether the page of an action of a resource opens. */
    async statusOf(resource: string, action: string): Promise<number> {
      return (await read(`/admin/api/resources/${resource}/actions/${action}`)).status
    },
    async list(resource: string, query = ''): Promise<Listed> {
      return (await read(`/admin/api/resources/${resource}/actions/list?${query}`)).body as Listed
    },
  }
}
export type BackOffice = Awaited<ReturnType<typeof backOffice>>

/** The cookie that the sign-in page gives for an e-mail and a password. */
export async function signIn(host: RunningHost, email: string, password: string): Promise<string> {
  const response = await fetch(`${host.url}/agents/connexion`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: host.url },
    body: new URLSearchParams({ email, password }),
  })
  const set = response.headers.getSetCookie().find((line) => line.startsWith('msj_agent='))
  if (!set) throw new Error(`${email} is not let in: ${response.status}`)
  return set.split(';')[0] ?? ''
}
