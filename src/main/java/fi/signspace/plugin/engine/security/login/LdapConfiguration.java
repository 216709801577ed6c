package fi.signspace.plugin.engine.security.login;

import org.camunda.bpm.engine.impl.plugin.AdministratorAuthorizationPlugin;
import org.camunda.bpm.identity.impl.ldap.plugin.LdapIdentityProviderPlugin;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Users and groups from LDAP, through Camunda's own plugin, configured by {@code signspace.ldap.*}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("signspace.ldap.server-url")
class LdapConfiguration {

  @Bean
  @ConfigurationProperties("signspace.ldap")
  LdapIdentityProviderPlugin ldapIdentityProvider() {
    return new LdapIdentityProviderPlugin();
  }

  /**
   * Makes one LDAP group ({@code signspace.ldap-administrators.administrator-group-name}) or one
   * user the administrators.
   */
  @Bean
  @ConfigurationProperties("signspace.ldap-administrators")
  AdministratorAuthorizationPlugin ldapAdministrators() {
    return new AdministratorAuthorizationPlugin();
  }
}
