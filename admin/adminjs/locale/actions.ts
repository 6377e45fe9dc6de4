export const actions = {
  new: 'Ajouter',
  edit: 'Modifier',
  show: 'Voir',
  delete: 'Supprimer',
  bulkDelete: 'Tout supprimer',
  list: 'Liste',
}

export const buttons = {
  save: 'Enregistrer',
  addNewItem: 'Ajouter une ligne',
  filter: 'Filtrer',
  filterActive: 'Filtrer ({{count}})',
  applyChanges: 'Afficher',
  resetFilter: 'Effacer les filtres',
  confirmRemovalMany: 'Supprimer {{count}} ligne',
  confirmRemovalMany_plural: 'Supprimer {{count}} lignes',
  logout: 'Se déconnecter',
  login: 'Se connecter',
  seeTheDocumentation: 'Voir : <1>la documentation</1>',
  createFirstRecord: 'Ajouter la première ligne',
  cancel: 'Annuler',
  confirm: 'Confirmer',
  contactUs: 'Écrire au support',
}
