import { deliveryWords } from '../../../resources/message/fr'
import type { Delivery } from '../../../resources/message/queries/delivery.server'
import type { UnreachableReason } from '../../../resources/probationer/rules'
import type { Serialized } from '../../client/client'
import { Tag } from '../../ui/tag'

/** Where the SMS of an appointment stand, in a word and a colour. */
export function DeliveryTag({
  delivery,
  unreachable,
}: {
  delivery: Serialized<Delivery> | null
  unreachable: UnreachableReason | null
}) {
  const { word, tone } = deliveryWords(delivery, unreachable)
  return <Tag tone={tone}>{word}</Tag>
}
