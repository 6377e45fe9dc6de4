import { cityForeseenSentence } from '../../../resources/divestment/fr'
import { useQuery } from '../../client/query'

/** Who will read the record once the commune is another one, said before it is written. */
export function CityForeseen({ probationerId, cityId }: { probationerId: number; cityId: number | null }) {
  const { data } = useQuery('foreseenOfCity', cityId === null ? null : { probationerId, cityId })
  return (
    <p role="status" className="hint">
      {cityId !== null && data && cityForeseenSentence(data)}
    </p>
  )
}
