/** What a Java Card 3.0.5 converter and a card with little memory ask of class files, checked here, and samples that break it. */
@NullMarked
package etal.virtualcard.rules;

import org.jspecify.annotations.NullMarked;
