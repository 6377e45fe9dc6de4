export const testSmsRefusals = {
  'test_sms.too_many':
    'Cinq SMS d’essai en vingt-quatre heures au plus\u00a0: vous les avez envoyés. Réessayez demain.',
  'test_sms.phone_of_person':
    'Ce numéro est celui d’une personne suivie\u00a0: un essai ne lui est pas envoyé. Choisissez celui d’un collègue.',
} satisfies Record<`test_sms.${string}`, string>
