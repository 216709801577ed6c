package fi.signspace.plugin.environment;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The door for this process alone, where the web server speaks TLS ({@code signspace.loopback.*}).
 *
 * @param port at the loopback address; 0 for any that is free
 */
@ConfigurationProperties("signspace.loopback")
record LoopbackProperties(@DefaultValue("0") int port) {}
