import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Prisma } from '@prisma/client'
import sharp from 'sharp'
import { createPartner } from '../../resources/partner/commands.server'
import type { Theme } from '../../resources/partner/schema'
import { setPhoto } from '../../resources/public-page/commands/photo.server'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'

type Act = <Result>(work: (ctx: Context<AgentActor>) => Promise<Result>) => Promise<Result>

interface DemoPartner {
  name: string
  themes: Theme[]
  mission: string
  audience?: string
  conditions?: string
  address: string
  phone: string
  hours?: string
  wheelchair?: boolean
}

const partners: readonly DemoPartner[] = [
  {
    name: 'Atelier Tremplin des Tanneries',
    themes: ['work'],
    mission: 'Cherche avec vous un emploi ou une formation, et vous prépare aux entretiens.',
    conditions: 'Sur rendez-vous, gratuit.',
    address: '14 rue des Tanneries, 92000 Nanterre',
    phone: '01 99 00 41 10',
    hours: 'Lundi au vendredi, 9 h à 17 h',
    wheelchair: true,
  },
  {
    name: 'Mission locale du Val de Boucle',
    themes: ['youth', 'work'],
    mission: 'Aide les jeunes à trouver une formation, un emploi ou un logement.',
    audience: '16 à 25 ans',
    conditions: 'Sans rendez-vous le mardi matin.',
    address: '3 place du Vieux-Port, 92230 Gennevilliers',
    phone: '01 99 00 41 11',
  },
  {
    name: 'Accueil de nuit Les Platanes',
    themes: ['housing'],
    mission: 'Héberge pour quelques nuits et aide à faire une demande de logement.',
    conditions: 'Appelez d’abord le 115.',
    address: '27 rue des Platanes, 92700 Colombes',
    phone: '115',
  },
  {
    name: 'Centre de soins Le Phare',
    themes: ['health', 'mental_health'],
    mission: 'Soigne les addictions\u00a0: alcool, drogues, jeux. Des psychologues vous écoutent.',
    conditions: 'Gratuit, anonyme si vous le souhaitez.',
    address: '8 quai du Phare, 92000 Nanterre',
    phone: '01 99 00 41 12',
    hours: 'Lundi au vendredi, 9 h à 18 h',
    wheelchair: true,
  },
  {
    name: 'Point-justice des Peupliers',
    themes: ['law', 'social_rights'],
    mission: 'Des juristes répondent à vos questions et vous aident à écrire.',
    conditions: 'Sur rendez-vous, gratuit.',
    address: '2 allée des Peupliers, 92000 Nanterre',
    phone: '3039',
  },
  {
    name: 'Lire et dire',
    themes: ['french', 'digital'],
    mission: 'Apprend à lire, à écrire et à se servir d’un ordinateur, en petits groupes.',
    address: '19 rue du Moulin, 92110 Clichy',
    phone: '01 99 00 41 13',
  },
]

const drawing = join(import.meta.dirname, 'data', 'photos', 'spip-92-nanterre.svg')

/** Who helps near a service, and what its door looks like. */
export async function fillPages(act: Act, tx: Prisma.TransactionClient, slug: string): Promise<void> {
  for (const partner of partners) await act((ctx) => createPartner(ctx, partner))
  const page = await tx.publicPage.findUniqueOrThrow({
    where: { slug },
    select: { id: true, updatedAt: true },
  })
  const image = (await sharp(readFileSync(drawing)).png().toBuffer()).toString('base64')
  await act((ctx) =>
    setPhoto(ctx, {
      ...{ pageId: page.id, version: page.updatedAt.toISOString(), image },
      alternative: 'Dessin de l’entrée\u00a0: grande porte bleue à deux battants, interphone à droite.',
      credit: 'image de démonstration',
    }),
  )
}
