package fi.signspace.plugin.access;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Trusted host names and proxies ({@code signspace.allowed-hosts}, {@code
 * signspace.trusted-proxies}).
 *
 * @param allowedHosts host names, without a port, that requests may use; if empty, all are allowed
 * @param trustedProxies addresses or networks (CIDR) whose {@code X-Forwarded-*} headers are
 *     trusted
 */
@ConfigurationProperties("signspace")
record NetworkProperties(
    @DefaultValue List<String> allowedHosts, @DefaultValue List<IpAddressMatcher> trustedProxies) {}
