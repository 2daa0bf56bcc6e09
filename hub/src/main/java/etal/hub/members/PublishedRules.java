package etal.hub.members;

import etal.protocol.catalogue.Catalogue;
import etal.protocol.scheme.Scheme;

/**
 * The rules a fund publishes now.
 *
 * @param scheme as read
 * @param schemeYaml as written: what is published is the file itself
 * @param catalogue the product list
 */
public record PublishedRules(Scheme scheme, String schemeYaml, Catalogue catalogue) {}
