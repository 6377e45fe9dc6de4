import { Link } from 'react-router-dom'
import type { TextAddress } from '../../../resources/message/template/schema'
import { count } from '../../../resources/shared/french'
import { useQuery } from '../../client/query'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Button } from '../../ui/button'

const lacksWords = { phone: 'sans téléphone', email: 'sans e-mail' } as const

interface Told {
  address: TextAddress
  text: string
}

/** The places that have not what a text gives: read with its preview, which is asked once for both. */
function useLacking({ address, text }: Told) {
  const { data } = useQuery('previewText', { ...address, text }, { delay: 300 })
  return data && data.lacking.places > 0 ? data.lacking : null
}

const anchor = 'lacking'

/** Said before the text is kept: no SMS would leave for them. */
export function Lacking(told: Told) {
  const lacking = useLacking(told)
  if (!lacking) return null
  const { places, services, first } = lacking
  const isCommon = told.address.organizationId === null
  const more = places - first.length
  return (
    <div id={anchor} tabIndex={-1}>
      <Alert
        tone="warn"
        announce="status"
        title={`${count(places, 'lieu n’a pas', 'lieux n’ont pas')} ce que ce texte donne${
          isCommon && services > 1 ? `, dans ${services} services` : ''
        }`}
      >
        <p>
          Aucun de ces SMS n’y partirait. Complétez {places > 1 ? 'ces lieux' : 'ce lieu'}, ou donnez une
          autre donnée.
        </p>
        <ul>
          {first.map(({ id, name, service, lacks }) => (
            <li key={id}>
              <Link to={paths.record('Place', id)}>{name}</Link>
              {isCommon && name !== service && `, ${service}`}, {lacksWords[lacks]}
            </li>
          ))}
        </ul>
        {more > 0 && <p>Et {count(more, 'autre lieu', 'autres lieux')}.</p>}
      </Alert>
    </div>
  )
}

/** Beside the button that keeps the text: how many they are, and the way to them. */
export function LackingInShort(told: Told) {
  const lacking = useLacking(told)
  if (!lacking) return null
  return (
    <Button
      look="quiet"
      icon="warning"
      onClick={() => {
        const place = document.getElementById(anchor)
        place?.scrollIntoView({ block: 'center' })
        place?.focus({ preventScroll: true })
      }}
    >
      {count(lacking.places, 'lieu à compléter', 'lieux à compléter')}
    </Button>
  )
}
