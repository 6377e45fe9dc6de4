import { agendas } from './agenda'
import { agents } from './agent'
import { announcements } from './announcement'
import { appointments } from './appointment'
import { headquarters } from './headquarters'
import { customColumns } from './custom-column'
import { closures } from './closure'
import { contentPages } from './content-page'
import { competentServices } from './competent-service'
import { divestments } from './divestment'
import { imports } from './import'
import { likelyDuplicates } from './likely-duplicate'
import { messageTemplates } from './message-template'
import { messageTemplateProposals } from './message-template-proposal'
import { organizations } from './organization'
import { places } from './place'
import { placeRelocations } from './place-relocation'
import { partners } from './partner'
import { probationers } from './probationer'
import { publicPages } from './public-page'
import { recurringSlots } from './recurring-slot'
import { rightsRequests } from './rights-request'
import { pageVotes } from './page-vote'
import { siteRequests } from './site-request'
import { slots } from './slot'
import { testSms } from './test-sms'

/** What the back office lists, opens and does: one declaration a subject, in the order of the menu. */
export const resources = {
  Probationer: probationers,
  Appointment: appointments,
  Divestment: divestments,
  Organization: organizations,
  Headquarters: headquarters,
  Place: places,
  PlaceRelocation: placeRelocations,
  Agenda: agendas,
  Slot: slots,
  RecurringSlot: recurringSlots,
  CustomColumn: customColumns,
  Closure: closures,
  Agent: agents,
  MessageTemplate: messageTemplates,
  MessageTemplateProposal: messageTemplateProposals,
  ContentPage: contentPages,
  PublicPage: publicPages,
  Partner: partners,
  CompetentService: competentServices,
  ImportRun: imports,
  RightsRequest: rightsRequests,
  LikelyDuplicate: likelyDuplicates,
  SiteRequest: siteRequests,
  PageVote: pageVotes,
  TestSms: testSms,
  Announcement: announcements,
}

export type Resources = typeof resources
