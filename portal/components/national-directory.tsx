/** Where the services without a page here are found. A link: nothing is loaded from there. */
export function NationalDirectory() {
  return (
    <>
      Tous les services de justice sont aussi dans{' '}
      <a href="https://lannuaire.service-public.fr">l’annuaire de l’administration</a>.
    </>
  )
}
