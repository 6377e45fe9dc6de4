import { Prisma, type PublicPageState } from '@prisma/client'
import { textsInForce } from '../template/queries/in-force.server'
import { renderMessage, type RenderedMessage, type RenderFailure } from '../template/render'
import type { MessageKind, TemplateValues } from '../template/schema'
import { civilOf, type CivilDate, type CivilTime } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { env } from '../../shared/env.server'
import { orNotFound } from '../../shared/errors'
import { formatDay, smsHour } from '../../shared/french'
import { phoneInSms } from '../../shared/phone'
import { rowsOf } from '../../shared/prepared.server'
import { smsLink, type MessageRefusal } from '../rules'
import { withoutStopLink, type SmsMeasure } from '../sms-text'

/** What a text says of a place. */
export const placeInText = {
  name: true,
  shortAddress: true,
  departmentCode: true,
  phone: true,
  email: true,
  mainContactMethod: true,
  publicPage: { select: { code: true, state: true } },
} satisfies Prisma.PlaceSelect

type PlaceInText = Prisma.PlaceGetPayload<{ select: typeof placeInText }>

type RowOfPlace = Omit<PlaceInText, 'publicPage'> & {
  pageCode: string | null
  pageState: PublicPageState | null
}

/** Of a place `p` and its page `page`. */
const columnsOfPlace = Prisma.sql`
  p.name, p.short_address AS "shortAddress", p.department_code AS "departmentCode", p.phone, p.email,
  p.main_contact_method::text AS "mainContactMethod", page.code AS "pageCode", page.state::text AS "pageState"`

function withPage<Row extends RowOfPlace>({ pageCode: code, pageState: state, ...place }: Row) {
  return { ...place, publicPage: code === null || state === null ? null : { code, state } }
}

/** A place as its texts need it, with the calendar it keeps and the organization whose texts they are. */
export async function placeOfTexts(
  ctx: Context,
  placeId: number,
): Promise<PlaceInText & { organizationId: number; timeZone: string }> {
  const [row] = await rowsOf<RowOfPlace & { organizationId: number; timeZone: string }>(
    ctx,
    Prisma.sql`
      SELECT ${columnsOfPlace}, p.organization_id AS "organizationId", o.time_zone AS "timeZone"
        FROM place p
        JOIN organization o ON o.id = p.organization_id
        LEFT JOIN public_page page ON page.id = p.public_page_id
       WHERE p.id = ${placeId}`,
  )
  return withPage(orNotFound(row, 'place'))
}

/** The short address of the place's public page, or of its département when it has none. */
export function infoPath({
  publicPage,
  departmentCode,
}: Pick<PlaceInText, 'publicPage' | 'departmentCode'>): string {
  return `/s/${publicPage?.state === 'published' ? publicPage.code : departmentCode}`
}

function valuesOf(place: PlaceInText, { date, time }: { date: CivilDate; time: CivilTime }): TemplateValues {
  const phone = place.phone && phoneInSms(place.phone)
  return {
    'rdv.date': formatDay(date),
    'rdv.heure': smsHour(time),
    'lieu.nom': place.name,
    'lieu.adresse': place.shortAddress,
    'lieu.téléphone': phone,
    'lieu.contact': place.mainContactMethod === 'email' ? place.email : phone,
    'lieu.lien_info': smsLink(env.PUBLIC_URL, infoPath(place)),
  }
}

export interface SmsText extends SmsMeasure {
  text: string
}

/** The SMS of one template as it will leave, with the STOP link that ends each of them, or why there is none. */
export function smsTextOf(
  template: string,
  place: PlaceInText,
  when: { date: CivilDate; time: CivilTime },
  optOutToken: string,
): RenderedMessage {
  const stop = smsLink(env.PUBLIC_URL, `/stop/${optOutToken}`)
  return renderMessage(template, valuesOf(place, when), stop)
}

/** Why a text cannot be made of what a place has: what is to be completed, in its own words. */
export function whyNotText(
  { mainContactMethod }: { mainContactMethod: 'phone' | 'email' },
  failure: RenderFailure,
): MessageRefusal {
  const missing = failure.code === 'message.value_missing' ? failure.missing : []
  if (missing.includes('lieu.téléphone')) return 'message.place_without_phone'
  if (missing.includes('lieu.contact'))
    return mainContactMethod === 'email' ? 'message.place_without_email' : 'message.place_without_phone'
  return 'message.text_unusable'
}

interface AboutAppointment {
  appointmentId: number
  kind: MessageKind
  /** When it would be instead. */
  at?: { date: CivilDate; time: CivilTime } | null
}

interface FactsOfText {
  startsAt: Date
  timeZone: string
  smsOptOutToken: string
  text: string | null
  versionId: number | null
}

/** The text of one kind about an appointment, from what is true now, or why it cannot be made. */
export async function messageText(
  ctx: Context,
  { appointmentId, kind, at = null }: AboutAppointment,
): Promise<({ ok: true; templateVersionId: number } & SmsText) | { ok: false; why: MessageRefusal }> {
  const [row] = await rowsOf<RowOfPlace & FactsOfText>(
    ctx,
    Prisma.sql`
      SELECT ${columnsOfPlace}, a.starts_at AS "startsAt", o.time_zone AS "timeZone",
             person.sms_opt_out_token AS "smsOptOutToken", template.text, template."versionId"
        FROM appointment a
        JOIN organization o ON o.id = a.organization_id
        JOIN probationer person ON person.id = a.probationer_id
        JOIN place p ON p.id = a.place_id
        LEFT JOIN public_page page ON page.id = p.public_page_id
        LEFT JOIN LATERAL (${textsInForce(Prisma.sql`a.organization_id`, Prisma.sql`a.type_code`, [kind])}) template ON true
       WHERE a.id = ${appointmentId}`,
  )
  const { startsAt, timeZone, smsOptOutToken, text, versionId, ...place } = withPage(
    orNotFound(row, 'appointment'),
  )
  if (text === null || versionId === null) return { ok: false, why: 'message.text_unusable' }
  const rendered = smsTextOf(text, place, at ?? civilOf(startsAt, timeZone), smsOptOutToken)
  return rendered.ok
    ? { ...rendered, templateVersionId: versionId }
    : { ok: false, why: whyNotText(place, rendered) }
}

/** The same, for an agent's eyes: without the address at which the person refuses SMS. */
export async function textForAgents(
  ctx: Context,
  about: AboutAppointment,
): Promise<(SmsText & { ok: true }) | { ok: false; why: MessageRefusal }> {
  const rendered = await messageText(ctx, about)
  if (!rendered.ok) return rendered
  const { text, characters, alphabet, parts } = rendered
  return { ok: true, text: withoutStopLink(text), characters, alphabet, parts }
}
