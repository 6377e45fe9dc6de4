import { useAgent } from '../components/api'
import { ButtonLink, Page } from '../components/ui'
import { paths } from '../paths'

export function Home() {
  const agent = useAgent()
  return (
    <Page title="Que faire maintenant" lede={agent.organization.name}>
      <div className="row">
        <ButtonLink look="main" icon="plus" to={paths.registerAndBook}>
          Enregistrer et convoquer
        </ButtonLink>
      </div>
    </Page>
  )
}
