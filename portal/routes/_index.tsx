import type { MetaFunction } from '@remix-run/node'
import { Page, pageTitle } from '../components/page'

export const meta: MetaFunction = () => [{ title: pageTitle('Accueil') }]

export default function Home() {
  return (
    <Page>
      <h1>Vous avez une convocation ?</h1>
    </Page>
  )
}
