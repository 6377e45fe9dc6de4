/**
 * Invented people have plausible names: common ones first (the loader draws the first of a list more
 * often than the last), particles, apostrophes, ligatures, overseas and foreign names, and surnames
 * composed of a root and an ending, so that a million people do not share five hundred names.
 */

const commonSurnames = `
Martin, Bernard, Thomas, Petit, Robert, Richard, Durand, Dubois, Moreau, Laurent, Simon, Michel, Lefebvre, Leroy,
Roux, David, Bertrand, Morel, Fournier, Girard, Bonnet, Dupont, Lambert, Fontaine, Rousseau, Vincent, Muller,
Lefèvre, Faure, André, Mercier, Blanc, Guérin, Boyer, Garnier, Chevalier, François, Legrand, Gauthier, Garcia,
Perrin, Robin, Clément, Morin, Nicolas, Henry, Roussel, Mathieu, Gautier, Masson, Marchand, Duval, Denis, Dumont,
Marie, Lemaire, Noël, Meyer, Dufour, Meunier, Brun, Blanchard, Giraud, Joly, Rivière, Lucas, Brunet, Gaillard,
Barbier, Arnaud, Martinez, Gérard, Roche, Renard, Schmitt, Roy, Leroux, Colin, Vidal, Caron, Picard, Roger, Fabre,
Aubert, Lemoine, Renaud, Dumas, Lacroix, Olivier, Philippe, Bourgeois, Pierre, Benoît, Rey, Leclerc, Payet, Rolland,
Leclercq, Guillaume, Lecomte, Lopez, Jean, Dupuy, Guillot, Hubert, Berger, Carpentier, Sanchez, Dupuis, Moulin,
Louis, Deschamps, Huet, Vasseur, Perez, Boucher, Fleury, Royer, Klein, Jacquet, Adam, Paris, Poirier, Marty,
Aubry, Guyot, Carré, Charles, Renault, Charpentier, Ménard, Maillard, Baron, Bertin, Bailly, Hervé, Schneider,
Fernandez, Le Gall, Collet, Léger, Bouvier, Julien, Prévost, Millet, Perrot, Daniel, Le Roux, Cousin, Germain,
Breton, Besson, Langlois, Rémy, Le Goff, Pelletier, Lévêque, Perrier, Leblanc, Barré, Lebrun, Marchal, Weber,
Mallet, Hamon, Boulanger, Jacob, Monnier, Michaud, Rodriguez, Guichard, Gillet, Étienne, Grondin, Poulain, Tessier,
Chevallier, Collin, Chauvin, Da Silva, Bouchet, Gay, Lemaître, Bénard, Maréchal, Humbert, Reynaud, Antoine, Hoarau,
Perret, Barthélemy, Cordier, Pichon, Lejeune, Gilbert, Lamy, Delaunay, Pasquier, Carlier, Laporte, Gros, Buisson,
Diallo, Traoré, Cissé, Coulibaly, Diarra, Sow, Ba, Keïta, Camara, N’Diaye, Konaté, Sissoko, N’Guessan, M’Baye,
Benali, Ben Saïd, Bouazza, Haddad, El Amrani, El Idrissi, Belkacem, Mansouri, Cherif, Saïdi, Hamidi, Ait Ahmed,
Ferreira, Dos Santos, De Oliveira, Pereira, Rodrigues, Fernandes, Gonçalves, Lopes, Moreira, Nguyen, Tran, Phạm,
Kowalski, Nowak, Wiśniewski, Popescu, Ionescu, Yılmaz, Demir, Şahin, Petrov, Ivanović, Krasniqi, Rossi, D’Angelo,
De Luca, Colonna, Santoni, Casanova, Luciani, Le Guen, Le Bihan, Kerguelen, Guillou, Quéméneur, Tanguy, Le Floc’h,
Abbès, Payet-Rivière, Hoareau, Boyer-Vidot, Técher, Sautron, Dijoux, Fontaine-Maillot, Attoumani, Madi, Saïd Ali,
Soilihi, Boinali, Mlanao, Tehaamatai, Teriitehau, Temauri, Faaite, Waheo, Wamytan, Tjibaou, Sio, Lavelua, Takasi,
Césaire, Jean-Baptiste, Jean-Louis, Marie-Rose, Zobda, Élisabeth, Chéry, Placide, Félicité, Ursulet, Bellerophon,
Toto, Sophie-Dit-Belhumeur, Appolinaire, Sébeloué, Karam, Linguet, Verdan, Prévot-Madère, De Montaigu, De La Tour,
Du Bellay, De Saint-Aubin, D’Estaing, D’Harcourt, Lebœuf, Vercœur, Dœuff, Lecœur, Haÿ, Croÿ, Aÿmard, Noëlle
`
const roots = `
Ar, Aub, Bal, Bar, Baud, Beauf, Bell, Ber, Bert, Bess, Blond, Bois, Bonn, Bord, Bouch, Bour, Brass, Bret, Briss, Bruss,
Cab, Cad, Caill, Camp, Carr, Cass, Cav, Chab, Chail, Cham, Chap, Chass, Chat, Chaum, Chauv, Clav, Coch, Coul, Cour,
Crep, Dal, Dess, Don, Douc, Dran, Dub, Dur, Esc, Fab, Falc, Faur, Ferr, Flam, Flor, Fouch, Foug, Fourn, Frém, Gab,
Gal, Gar, Gauch, Gir, God, Gran, Guér, Guib, Guign, Hard, Jac, Jouv, Lab, Lach, Lag, Lam, Land, Lav, Lem, Lis, Lomb,
Mach, Magn, Mal, Marc, Marg, Maz, Merc, Mign, Mol, Mont, Mour, Nad, Nav, Nerv, Og, Pag, Pap, Par, Pel, Per, Pig,
Pinç, Pois, Pral, Quer, Rab, Raf, Rav, Rém, Rig, Rol, Ross, Rouch, Sab, Sal, Sarr, Sav, Ser, Soub, Tal, Tard, Tav,
Thib, Tiss, Tour, Vac, Val, Vass, Ver, Vign, Vill, Viv, Voir
`
const endings = `
ard, ier, et, eau, in, on, ot, aud, aux, ac, elle, elin, ert, eron, esse, ignon, illard, olle, ou, ieux, ière,
oux, uel, ival, ange, audin, erie, iot, oulet, ussac, zeau, ernac, oyer, inot, and
`
const commonFirstNames = `
Kévin, Nicolas, Julien, Alexandre, Thomas, Anthony, Jérémy, Mohamed, Maxime, David, Guillaume, Romain, Mickaël,
Jonathan, Sébastien, Christophe, Adrien, Florian, Benjamin, Pierre, Antoine, Mathieu, Vincent, Fabien, Cédric, Lucas,
Jean, Laurent, Stéphane, Olivier, Karim, Mehdi, Yanis, Rayan, Sofiane, Bilal, Ibrahim, Ousmane, Mamadou, Moussa,
Loïc, Jordan, Dylan, Steven, Bryan, Brandon, Damien, Quentin, Valentin, Hugo, Enzo, Théo, Léo, Nathan, Louis, Jules,
Arthur, Raphaël, Gaël, Maël, Yann, Erwan, Tanguy, Gwenaël, Ronan, Pascal, Philippe, Éric, Thierry, Bruno, Gilles,
Didier, Patrick, Franck, Hervé, Denis, Serge, Alain, Bernard, Michel, Daniel, Gérard, Jacques, André, René, Marcel,
Roger, Robert, Claude, Christian, Dominique, Francis, Xavier, Frédéric, Emmanuel, Grégory, Ludovic, Arnaud, Yohan,
Cyril, Samuel, Simon, Baptiste, Clément, Corentin, Bastien, Tristan, Gabriel, Adam, Noah, Ilyes, Amine, Nassim,
Youssef, Hamza, Abdel, Rachid, Farid, Kamel, Nordine, Samir, Omar, Ali, Hassan, Saïd, Idriss, Souleymane, Boubacar,
Cheikh, Demba, N’Golo, M’Hamed, José, Manuel, António, João, Carlos, Luis, Miguel, Giovanni, Marco, Andrzej, Paweł,
Ştefan, Ionuţ, Mihai, Emre, Mehmet, Çağlar, Dušan, Zoran, Teva, Heimana, Manutea, Tama, Keoni, Apolosi, Soane,
Malia, Sosefo, Wendy, Rosemonde, Aimé, Ruddy, Teddy, Steeve, Jimmy, Freddy, Willy, Giovany, Marie, Sandrine, Céline,
Aurélie, Émilie, Élodie, Laura, Julie, Camille, Marine, Sarah, Mélanie, Stéphanie, Nathalie, Isabelle, Valérie,
Sylvie, Véronique, Christine, Patricia, Corinne, Karine, Virginie, Delphine, Audrey, Jessica, Jennifer, Vanessa,
Cindy, Amandine, Justine, Manon, Océane, Chloé, Léa, Emma, Inès, Zoé, Anaïs, Maëva, Noémie, Héloïse, Gaëlle, Solène,
Françoise, Monique, Jeanne, Odile, Yasmine, Fatima, Khadija, Aïcha, Nadia, Samira, Leïla, Fatoumata, Aminata,
Mariama, Awa, Oumou, Ana, Maria, Lucia, Ioana, Elena, Ewa, Zeynep, Élise, Bénédicte, Clémence, Apolline, Zélie
`
const secondHalves = `
Pierre, Marie, Paul, Luc, Marc, François, Claude, Michel, Louis, Baptiste, Philippe, Yves, Noël, Christophe, Charles,
Sébastien, Rose, Laure, Sophie, Hélène
`

function listed(text: string): string[] {
  return text
    .trim()
    .split(/,\s*/u)
    .map((name) => name.normalize('NFC'))
}

/** Written as the product stores them: last names in capitals. */
export const surnames = listed(commonSurnames).map((name) => name.toLocaleUpperCase('fr'))

/** A surname is one of the first followed by one of the second: thousands of them. */
export const surnameRoots = listed(roots).map((root) => root.toLocaleUpperCase('fr'))
export const surnameEndings = listed(endings).map((ending) => ending.toLocaleUpperCase('fr'))

export const firstNames = listed(commonFirstNames)

/** After "Jean-", "Marie-" or "Anne-". */
export const secondFirstNames = listed(secondHalves)
