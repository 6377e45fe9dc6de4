import { senderOf, type Settings } from '../../resources/shared/env.server'
import { brevo } from './brevo'
import { outbox } from './outbox'
import type { SmsProvider } from './provider'

/**
 * Who hands SMS over, by the settings. In production a real provider or nobody: what stays in an outbox
 * must not be told as received.
 */
export function providerOf(settings: Settings): SmsProvider | null {
  const { SMS_ENABLED, BREVO_API_KEY, BREVO_URL, SMS_RECEIPT_SECRET, SMS_SENDER, PUBLIC_URL } = settings
  if (SMS_ENABLED && BREVO_API_KEY && SMS_RECEIPT_SECRET)
    return brevo({
      apiKey: BREVO_API_KEY,
      sender: senderOf(SMS_SENDER),
      baseUrl: BREVO_URL,
      receiptsAt: `${PUBLIC_URL}/recepisses/${SMS_RECEIPT_SECRET[0]}`,
    })
  return settings.MSJ_ENV === 'production' ? null : outbox
}
