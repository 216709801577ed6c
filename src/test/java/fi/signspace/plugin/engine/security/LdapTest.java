package fi.signspace.plugin.engine.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import fi.signspace.plugin.access.AccessProperties;
import fi.signspace.plugin.engine.security.login.AuthenticationCache;
import fi.signspace.plugin.engine.security.login.EngineAuthenticationProvider;
import fi.signspace.plugin.engine.security.login.EngineUser;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.identity.impl.ldap.plugin.LdapIdentityProviderPlugin;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Users and groups of a real LDAP server, with the settings from docs/security.md. */
class LdapTest {

  private static InMemoryDirectoryServer directory;
  private static ProcessEngine engine;
  private static EngineAuthenticationProvider logins;

  @BeforeAll
  static void start() throws Exception {
    directory = directory();
    ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setProcessEngineName("ldap");
    configuration.setJdbcUrl("jdbc:h2:mem:ldap");
    configuration.setProcessEnginePlugins(
        List.of(
            ldap(),
            new EngineHardeningPlugin(
                new AccessProperties(
                    Map.of("bert", new AccessProperties.User("ignored", List.of(), null, null)),
                    Map.of()),
                Clock.systemUTC())));
    engine = configuration.buildProcessEngine();
    logins =
        new EngineAuthenticationProvider(
            engine.getIdentityService(), new AuthenticationCache(Clock.systemUTC()));
  }

  @AfterAll
  static void stop() {
    engine.close();
    directory.shutDown(true);
  }

  private static InMemoryDirectoryServer directory() throws Exception {
    var configuration = new InMemoryDirectoryServerConfig("dc=example,dc=com");
    configuration.addAdditionalBindCredentials("cn=reader", "of-the-reader");
    var server = new InMemoryDirectoryServer(configuration);
    server.add("dn: dc=example,dc=com", "objectClass: domain", "dc: example");
    server.add("dn: ou=people,dc=example,dc=com", "objectClass: organizationalUnit", "ou: people");
    server.add("dn: ou=groups,dc=example,dc=com", "objectClass: organizationalUnit", "ou: groups");
    server.add(
        "dn: uid=anna,ou=people,dc=example,dc=com",
        "objectClass: inetOrgPerson",
        "uid: anna",
        "cn: Anna",
        "sn: Virtanen",
        "mail: anna@example.com",
        "userPassword: of-anna");
    server.add(
        "dn: cn=Smith\\, Anna (EXT),ou=people,dc=example,dc=com",
        "objectClass: inetOrgPerson",
        "uid: smith",
        "cn: Smith, Anna (EXT)",
        "sn: Smith",
        "mail: smith@example.com",
        "userPassword: of-smith");
    server.add(
        "dn: cn=signing-clerks,ou=groups,dc=example,dc=com",
        "objectClass: groupOfNames",
        "cn: signing-clerks",
        // as in real directories: with blanks, other capitalization, and characters to be escaped
        "member: uid=anna, ou=People, dc=example,dc=com",
        "member: cn=Smith\\2C Anna (EXT), ou=people, dc=example, dc=com");
    server.startListening();
    return server;
  }

  private static LdapIdentityProviderPlugin ldap() {
    LdapIdentityProviderPlugin plugin = new LdapIdentityProviderPlugin();
    Map<String, String> settings =
        Map.of(
            "signspace.ldap.server-url", "ldap://localhost:" + directory.getListenPort(),
            "signspace.ldap.manager-dn", "cn=reader",
            "signspace.ldap.manager-password", "of-the-reader",
            "signspace.ldap.base-dn", "dc=example,dc=com",
            "signspace.ldap.user-search-filter", "(objectClass=inetOrgPerson)",
            "signspace.ldap.group-id-attribute", "cn",
            "signspace.ldap.group-member-attribute", "member",
            "signspace.ldap.group-search-base", "ou=groups",
            "signspace.ldap.group-search-filter", "(objectClass=groupOfNames)");
    new Binder(new MapConfigurationPropertySource(settings))
        .bind("signspace.ldap", Bindable.ofInstance(plugin));
    return plugin;
  }

  @Test
  void an_ldap_user_logs_in_with_the_groups_from_ldap() {
    assertThat(logIn("anna", "of-anna").getPrincipal())
        .isEqualTo(new EngineUser("anna", List.of("signing-clerks"), List.of()));
  }

  @ParameterizedTest
  @CsvSource({"anna, of-anna, anna", "ANNA, of-anna, anna", "Smith, of-smith, smith"})
  void a_member_is_recognized_however_the_directory_and_the_login_spell_the_name(
      String typed, String password, String id) {
    assertThat(logIn(typed, password).getPrincipal())
        .isEqualTo(new EngineUser(id, List.of("signing-clerks"), List.of()));
    assertThat(AuthenticationUtil.createAuthentication(engine, typed))
        .returns(id, UserAuthentication::getIdentityId)
        .returns(List.of("signing-clerks"), UserAuthentication::getGroupIds);
  }

  @ParameterizedTest
  @CsvSource({
    "anna, wrong",
    "anna, ''",
    "bert, ignored",
    "'*', of-anna",
    "'anna)(uid=*', of-anna",
    "'', ''"
  })
  void any_other_login_fails(String user, String password) {
    assertThatThrownBy(() -> logIn(user, password)).isInstanceOf(BadCredentialsException.class);
  }

  @Test
  void the_permissions_are_granted_although_the_groups_are_in_ldap() {
    assertThat(
            engine
                .getAuthorizationService()
                .createAuthorizationQuery()
                .groupIdIn("signing-clerks")
                .count())
        .isPositive();
  }

  private static Authentication logIn(String user, String password) {
    return logins.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(user, password));
  }
}
