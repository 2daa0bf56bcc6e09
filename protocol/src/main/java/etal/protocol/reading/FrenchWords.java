package etal.protocol.reading;

import java.util.Arrays;
import java.util.List;

/** What people write in French where a file's own words are English. Stateless. */
final class FrenchWords {
    /** A line each: the French word without capitals, accents and spaces, then what may be meant, the likeliest first. */
    private static final List<String> TABLE = """
            nom name
            everymonths months
            touslesmois months
            frequence months
            parfoyer capPerHousehold
            parmois capPerPerson
            monthly amount
            cap loadCap most
            limit most
            rate percent coverage
            caisse fund
            date holdsFrom
            unite unit
            monnaie unit code
            devise currency
            montant amount
            somme amount
            adulte adult
            adultes adult
            enfant child
            enfants child
            premieradulte firstAdult
            premierenfant firstChild
            premierepersonne firstPerson
            personnesupplementaire furtherPerson
            personne perPerson firstPerson persons
            parpersonne perPerson
            foyer household
            tailledufoyer householdSize
            taille householdSize
            tranchesdage ageSteps
            age ageSteps under ages
            ages ages
            moyenne pooledMean expectedMean
            cycle cycles
            aucun none
            aucune none
            rien none
            fixe fixed
            forfait fixed
            libre free freePrice
            prixlibre freePrice
            grille grid
            quotient quotient measure
            quotientfamilial quotient measure quotientFrom
            qf quotient measure
            revenu incomeShare income
            revenus incomeShare income
            minimum least floor
            min least
            maximum most
            max most
            plafond most capPerHousehold capPerPerson loadCap
            tranche brackets
            tranches brackets
            modulateurs modulators
            modulateur modulators
            heures hours
            cotisation contribution
            engagement commitment
            mois months
            duree months
            revision review
            conventionnement convention
            pointsdevente pointsOfSale
            pointdevente pointsOfSale
            familles families
            famille family families
            taux percent coverage
            couverture coverage
            pourcentage percent
            pourcent percent
            pourmille permille
            labels labels
            label label labels
            bonification bonus
            bonifications bonus
            lieux places
            prix tariffs price
            tarifs tariffs
            tarif tariffs
            choix choices
            carte card
            cartes cards
            report carryOver
            ordre spendingOrder
            admission admission
            tirage draw admission
            tirageausort draw admission
            ouvert open
            ouverte open
            ferme closed
            fermee closed
            places places
            reserve reserve
            matelas floor reserve
            financement funding
            financeurs funders
            financeur funder funders
            hypothese hypotheses
            champ field
            texte text
            autres others otherFamilies
            registre register
            criteres criteria names
            critere criteria
            type kind
            types kinds
            sorte kind
            moins under
            moinsde under childUnder
            de from
            depuis from holdsFrom
            premier first
            dernier last
            debut first
            fin last
            tous all enrolled
            toutes all
            caissealimentaire fund
            percent permille
            pourcentdurevenu permille
            total most
            valeur value
            arrondi rounding
            fonds fund
            magasin shop
            commerce shop
            enveloppe envelopePerDay
            produit product
            geste gesture
            don supporters
            dons supporters
            allocations allocation
            cotisations contribution
            regions zone
            fuseau zone
            """.lines().toList();

    private FrenchWords() {}

    /** The words of the files that may be meant, the likeliest first. */
    static List<String> meant(String french) {
        return TABLE.stream()
                .map(line -> Arrays.asList(line.split(" ")))
                .filter(words -> words.getFirst().equals(french))
                .flatMap(words -> words.stream().skip(1))
                .toList();
    }
}
