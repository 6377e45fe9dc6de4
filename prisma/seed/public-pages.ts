import type { Prisma } from '@prisma/client'
import { newCode } from '../../resources/public-page/opened.server'
import type { OpeningHours } from '../../resources/public-page/schema'
import type { OrganizationKind } from '../../resources/shared/actor'
import { fold } from '../../resources/shared/fold'
import { withOf } from './courts'

interface PublicService {
  organizationId: number
  name: string
  placeName: string
  kind: OrganizationKind
  departmentCode: string
  timeZone: string
  address: string
  postalCode: string
  cityName: string
  phone: string
}

const range = (from: string, to: string) => ({ from, to })
const closed: OpeningHours['week'] = [[], []]

const hours: Record<OrganizationKind, OpeningHours> = {
  probation_service: {
    week: [
      ...Array.from({ length: 4 }, () => [range('09:00', '12:00'), range('13:30', '17:00')]),
      [range('09:00', '12:00')],
      ...closed,
    ],
    closures: [],
  },
  court: {
    week: [...Array.from({ length: 5 }, () => [range('08:30', '12:30'), range('13:30', '16:30')]), ...closed],
    closures: [],
  },
}

/** What a service wrote of itself; the others leave these facts out. */
const details: Record<
  string,
  Pick<Prisma.PublicPageCreateInput, 'email' | 'reception' | 'transport' | 'accessibility'>
> = {
  'spip-92-nanterre': {
    email: 'spip.nanterre@justice.example',
    reception: 'Entrée à gauche du portail bleu, 2e étage, accueil B',
    transport: 'RER A, arrêt Nanterre-Ville, 8 min à pied. Bus 157, arrêt Peupliers.',
    accessibility: 'Ascenseur. Sonnez à l’interphone de l’entrée.',
  },
  'tj-nanterre': {
    email: 'sap.nanterre@justice.example',
    reception: 'Rez-de-chaussée, accueil unique. Prévoyez 15 minutes pour le contrôle à l’entrée.',
    transport: 'RER A, arrêt Nanterre-Préfecture, 10 min à pied.',
    accessibility: 'Entrée sans marche, ascenseur.',
  },
  'spip-973-cayenne': { reception: 'Rez-de-chaussée, porte verte' },
}

/** "spip-92-nanterre", "tj-nanterre" */
function slugOf({ kind, name, cityName }: Pick<PublicService, 'kind' | 'name' | 'cityName'>): string {
  return fold(kind === 'court' ? `tj ${cityName}` : name).replaceAll(' ', '-')
}

/** The published page of a service, from what is known of the service. */
export function publicPageData(
  service: PublicService,
  checkedAt: Date,
): Prisma.PublicPageUncheckedCreateInput {
  const { kind, cityName } = service
  const slug = slugOf(service)
  return {
    slug,
    code: newCode(),
    organizationId: service.organizationId,
    kind,
    title: service.placeName,
    officialName:
      kind === 'court'
        ? `Tribunal judiciaire ${withOf(cityName)}`
        : `Service pénitentiaire d’insertion et de probation (SPIP), antenne ${withOf(cityName)}`,
    departmentCode: service.departmentCode,
    addressLine: service.address.split(`, ${service.postalCode}`)[0] ?? service.address,
    postalCode: service.postalCode,
    cityName,
    timeZone: service.timeZone,
    phone: service.phone,
    openingHours: hours[kind],
    ...details[slug],
    state: 'published',
    checkedAt,
  }
}

/** Writes the page of a service and returns its id, for the places that point to it. */
export async function seedPublicPage(tx: Prisma.TransactionClient, service: PublicService): Promise<number> {
  const page = await tx.publicPage.create({ data: publicPageData(service, new Date()), select: { id: true } })
  return page.id
}
