/** Rules and engines from JSON. */
package org.monna.config;
