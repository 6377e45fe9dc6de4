import { Link } from 'react-router-dom'
import type { TextAddress } from '../../../resources/message/template/schema'
import { count } from '../../../resources/shared/french'
import { useQuery } from '../../client/query'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'

const lacksWords = { phone: 'sans téléphone', email: 'sans e-mail' } as const

/** The places that have not what a text asks for, said before it is kept: no SMS would leave for them. */
export function Lacking({ address, text }: { address: TextAddress; text: string }) {
  // The question of the preview beside it: asked once for both.
  const { data } = useQuery('previewText', { ...address, text }, { delay: 300 })
  if (!data || data.lacking.places === 0) return null
  const { places, services, first } = data.lacking
  const isCommon = address.organizationId === null
  const more = places - first.length
  return (
    <Alert
      tone="warn"
      announce="status"
      title={`${count(places, 'lieu n’a pas', 'lieux n’ont pas')} ce que ce texte donne${
        isCommon && services > 1 ? `, dans ${services} services` : ''
      }`}
    >
      <p>
        {places > 1
          ? 'Aucun de ces SMS n’y partirait. Complétez ces lieux'
          : 'Aucun de ces SMS n’y partirait. Complétez ce lieu'}
        , ou donnez une autre donnée.
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
  )
}
