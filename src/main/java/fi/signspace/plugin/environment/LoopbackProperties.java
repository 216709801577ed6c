package fi.signspace.plugin.environment;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The connector for this process itself if the web server uses TLS ({@code signspace.loopback.*}).
 *
 * @param port the port at the loopback address; 0 for any free port
 */
@ConfigurationProperties("signspace.loopback")
record LoopbackProperties(@DefaultValue("0") int port) {}
