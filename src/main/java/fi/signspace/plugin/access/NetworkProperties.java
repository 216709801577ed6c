package fi.signspace.plugin.access;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is believed of a request's way here ({@code signspace.allowed-hosts}, {@code
 * signspace.trusted-proxies}).
 *
 * @param allowedHosts names, without a port, that a request may ask for; every name if empty
 * @param trustedProxies addresses or networks (CIDR) whose {@code X-Forwarded-*} is believed
 */
@ConfigurationProperties("signspace")
public record NetworkProperties(
    @DefaultValue List<String> allowedHosts, @DefaultValue List<String> trustedProxies) {}
