import { agendaRefusals } from './agenda/fr'
import { agentRefusals } from './agent/fr'
import { appointmentRefusals } from './appointment/fr'
import { calendarFeedRefusals } from './calendar-feed/fr'
import { closureRefusals } from './closure/fr'
import { competentServiceRefusals } from './competent-service/fr'
import { contentPageRefusals } from './content-page/fr'
import { divestmentRefusals } from './divestment/fr'
import { importRefusals } from './import/fr'
import { likelyDuplicateRefusals } from './likely-duplicate/fr'
import { messageRefusals } from './message/fr'
import { templateRefusals } from './message/template/fr'
import { headquartersRefusals } from './headquarters/fr'
import { organizationRefusals } from './organization/fr'
import { partnerRefusals } from './partner/fr'
import { publicPageRefusals } from './public-page/fr'
import { customColumnRefusals } from './custom-column/fr'
import { probationerRefusals } from './probationer/fr'
import { spaceRefusals } from './probationer-space/fr'
import { placeRelocationRefusals } from './place-relocation/fr'
import { placeRefusals } from './place/fr'
import { recurringSlotRefusals } from './recurring-slot/fr'
import { slotRefusals } from './slot/fr'
import { rightsRequestRefusals } from './rights-request/fr'
import { siteRequestRefusals } from './site-request/fr'
import { recordRefusals } from './shared/fr'
import { testSmsRefusals } from './test-sms/fr'
import { unreachedRefusals } from './unreached/fr'

/** Each subject words its own refusals; a code without a sentence here cannot be thrown. */
const sentences = {
  ...agentRefusals,
  ...competentServiceRefusals,
  ...contentPageRefusals,
  ...divestmentRefusals,
  ...importRefusals,
  ...appointmentRefusals,
  ...calendarFeedRefusals,
  ...closureRefusals,
  ...messageRefusals,
  ...templateRefusals,
  ...probationerRefusals,
  ...spaceRefusals,
  ...agendaRefusals,
  ...headquartersRefusals,
  ...organizationRefusals,
  ...customColumnRefusals,
  ...partnerRefusals,
  ...publicPageRefusals,
  ...placeRefusals,
  ...placeRelocationRefusals,
  ...recurringSlotRefusals,
  ...slotRefusals,
  ...likelyDuplicateRefusals,
  ...rightsRequestRefusals,
  ...siteRequestRefusals,
  ...recordRefusals,
  ...testSmsRefusals,
  ...unreachedRefusals,
}
export type RefusalCode = keyof typeof sentences

interface Worded {
  code: RefusalCode
  params: Readonly<Record<string, string | number>>
}

/** The French sentence of a refusal, its values in place; of one among several, whom it is `about` first. */
export function refusalSentence({ code, params }: Worded): string {
  const sentence = sentences[code].replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(params[name] ?? whole),
  )
  return params.about ? `${params.about}\u00a0: ${sentence}` : sentence
}
