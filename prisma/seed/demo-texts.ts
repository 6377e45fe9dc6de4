import { proposeText } from '../../resources/message/template/commands/proposal.server'
import { writeText } from '../../resources/message/template/commands/text.server'
import { textStateOf } from '../../resources/message/template/queries/text.server'
import type { TextAddress } from '../../resources/message/template/schema'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'

type Act = <Result>(
  actor: AgentActor,
  daysAgo: number,
  work: (ctx: Context<AgentActor>) => Promise<Result>,
) => Promise<Result>

/** A service with a text of its own, and one that it asks for. */
export async function fillTexts(
  act: Act,
  { admin, team }: Record<'admin' | 'team', AgentActor>,
): Promise<void> {
  const organizationId = admin.organization.id
  const seen = async (ctx: Context, address: TextAddress) => (await textStateOf(ctx, address)).inForce.id
  await act(team, 33, async (ctx) => {
    const address = { organizationId, typeCode: 'phone_appointment', kind: 'reminder' } as const
    await writeText(ctx, {
      ...address,
      text: "RAPPEL {lieu.nom} : votre conseiller vous appelle {rdv.date} à {rdv.heure}. Gardez votre téléphone à portée de main, l'appel peut venir d'un numéro masqué. Le juge peut tenir compte d'une absence. Un problème ? {lieu.contact} {lieu.lien_info}",
      seenVersionId: await seen(ctx, address),
    })
  })
  await act(admin, 2, async (ctx) => {
    const address = { organizationId, typeCode: 'probation_follow_up', kind: 'summons' } as const
    await proposeText(ctx, {
      ...address,
      text: "{lieu.nom} : rendez-vous de suivi {rdv.date} à {rdv.heure}, {lieu.adresse}, 2e étage. Prenez une pièce d'identité. Le juge peut tenir compte d'une absence. Un problème ? {lieu.contact} {lieu.lien_info}",
      seenVersionId: await seen(ctx, address),
    })
  })
}
