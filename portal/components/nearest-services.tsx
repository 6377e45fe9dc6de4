import { Icon } from './icon'

/** A way to the services around, for who has JavaScript (portal/scripts/nearest.ts). */
export function NearestServices() {
  return (
    <div
      className="msj-stack-s msj-scripted"
      data-nearest
      data-looking="Recherche de votre position…"
      data-refused={
        'Votre position n’est pas connue\u00a0: votre navigateur ne la donne pas à ce site. Écrivez votre commune ci-dessus.'
      }
      data-failed="Votre position n’a pas été trouvée. Écrivez votre commune ci-dessus."
      data-none="Aucun service n’est connu près de vous. Écrivez votre commune ci-dessus."
      data-unread={
        'La liste des services n’a pas été reçue\u00a0: vérifiez votre connexion, puis appuyez encore une fois.'
      }
      data-found={
        'Les services les plus proches, à vol d’oiseau. Vérifiez sur votre convocation le nom de celui qui vous convoque\u00a0: ce n’est pas toujours le plus proche.'
      }
    >
      <div className="fr-btns-group">
        <button className="fr-btn fr-btn--secondary" type="button" aria-describedby="position">
          <Icon name="compass" />
          Utiliser ma position
        </button>
      </div>
      <p className="msj-small" id="position">
        Votre position reste dans votre appareil&nbsp;: elle n’est ni envoyée ni gardée.
      </p>
      <p role="status" />
      <ul className="msj-cards" />
    </div>
  )
}
