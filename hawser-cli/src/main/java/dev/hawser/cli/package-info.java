/** The {@code hawser} command. It parses arguments and prints; what it shows lives in the other modules. */
@NullMarked
package dev.hawser.cli;

import org.jspecify.annotations.NullMarked;
