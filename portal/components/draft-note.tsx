import { Alert } from './alert'

/** Above a page that only who has its link sees. */
export const DraftNote = () => (
  <Alert kind="info" title="Brouillon, pas encore en ligne">
    <p>Vous seul, et ceux à qui vous donnez l’adresse de cet aperçu, voient cette page.</p>
  </Alert>
)
