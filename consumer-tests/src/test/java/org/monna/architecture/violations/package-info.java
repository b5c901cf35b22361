/** Programs that break the rules of the architecture: every class in a class here in its own way, each of which the rule must find. */
package org.monna.architecture.violations;
