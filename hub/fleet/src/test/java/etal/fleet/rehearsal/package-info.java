@org.jspecify.annotations.NullMarked
package etal.fleet.rehearsal;
