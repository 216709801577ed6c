package fi.signspace.plugin.access;

import fi.signspace.plugin.access.body.BodyLimitFilter;
import fi.signspace.plugin.access.body.LargeBodyFilter;
import fi.signspace.plugin.access.login.ConfiguredUsers;
import fi.signspace.plugin.access.login.LoginAttempts;
import fi.signspace.plugin.access.login.LoginThrottle;
import fi.signspace.plugin.access.login.ProblemAuthenticationEntryPoint;
import fi.signspace.plugin.access.login.WebAppLoginFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.unit.DataSize;

/** Defines which addresses are public and how users log in to the others. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

  /** Our pages and responses load nothing from anywhere unless they declare it. */
  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  /** The API documentation page brings its own scripts and styles. */
  private static final String OWN_FILES =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** The maximum size of a request to an address that accepts no documents. */
  static final DataSize MAX_WITHOUT_DOCUMENTS = DataSize.ofMegabytes(2);

  private static final String POLICY = "Content-Security-Policy";

  private static final RequestMatcher API_PAGE = path("/api/swagger-ui/**");

  /** The SignSpace stand-in has tokens of its own. */
  private static final RequestMatcher OWN_TOKENS =
      new OrRequestMatcher(path("/sandbox/auth/token"), path("/sandbox/api/v1/**"));

  /** Addresses without a login. */
  private static final RequestMatcher OPEN =
      new OrRequestMatcher(
          path(HttpMethod.GET, "/"),
          path(HttpMethod.GET, "/favicon.ico"),
          // Camunda's login page requests it; a browser would otherwise open its own password
          // dialog
          path(HttpMethod.GET, "/camunda-welcome/**"),
          path(HttpMethod.GET, "/actuator/health/**"),
          path(HttpMethod.GET, "/api/keys"),
          path(HttpMethod.GET, "/api/evidence-keys"));

  /** Jersey's descriptions of the web apps' own REST APIs, which would be public. */
  private static final RequestMatcher DESCRIPTIONS =
      new OrRequestMatcher(
          path("/camunda/api/{app}/application.wadl/**"),
          path(HttpMethod.OPTIONS, "/camunda/api/**"));

  /** Tasklist, Cockpit and Admin have Camunda's own login, headers and sessions. */
  @Bean
  @Order(1)
  SecurityFilterChain webApps(
      HttpSecurity http, LoginAttempts attempts, LargeBodyFilter largeBodies) throws Exception {
    return stateless(http)
        .securityMatcher(path("/camunda/**"))
        .headers(
            headers ->
                headers
                    .cacheControl(cache -> cache.disable())
                    .addHeaderWriter(
                        new DelegatingRequestMatcherHeaderWriter(
                            path("/camunda/api/**"), AccessConfiguration::forbidStorage))
                    .contentTypeOptions(Customizer.withDefaults()))
        .addFilterBefore(new SameOriginFilter(), AuthorizationFilter.class)
        .addFilterAfter(
            new WebAppLoginFilter(attempts, new ProblemAuthenticationEntryPoint()),
            AuthorizationFilter.class)
        .addFilterAfter(largeBodies, AuthorizationFilter.class)
        .authorizeHttpRequests(
            requests -> requests.requestMatchers(DESCRIPTIONS).denyAll().anyRequest().permitAll())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain ownTokens(HttpSecurity http) throws Exception {
    return stateless(http)
        .securityMatcher(OWN_TOKENS)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain everythingElse(
      HttpSecurity http,
      List<AuthenticationProvider> providers,
      LoginAttempts attempts,
      LargeBodyFilter largeBodies,
      ObjectProvider<Customizer<HttpSecurity>> additions)
      throws Exception {
    ProblemAuthenticationEntryPoint demand = new ProblemAuthenticationEntryPoint();
    stateless(http)
        .authenticationManager(new LoginThrottle(providers, attempts))
        .httpBasic(basic -> basic.authenticationEntryPoint(demand))
        .exceptionHandling(handling -> handling.authenticationEntryPoint(demand))
        .headers(
            headers ->
                headers
                    .cacheControl(cache -> cache.disable())
                    .addHeaderWriter(AccessConfiguration::forbidStorage)
                    .addHeaderWriter(AccessConfiguration::writePolicy))
        .addFilterBefore(new SameOriginFilter(), BasicAuthenticationFilter.class)
        .addFilterAfter(largeBodies, AuthorizationFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .requestMatchers(OPEN)
                    .permitAll()
                    .anyRequest()
                    .authenticated());
    for (Customizer<HttpSecurity> addition : additions) {
      addition.customize(http);
    }
    return http.build();
  }

  /** Neither case data nor documents stay in a browser's cache, whatever the engine says. */
  private static void forbidStorage(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static void writePolicy(HttpServletRequest request, HttpServletResponse response) {
    if (!response.containsHeader(POLICY)) {
      response.setHeader(POLICY, API_PAGE.matches(request) ? OWN_FILES : NOTHING);
    }
  }

  /** Not even an unused observation around each filter: that doubles what the chain costs. */
  @Bean
  SecurityObservationSettings observations() {
    return SecurityObservationSettings.noObservations();
  }

  /** No login page, session or CSRF token of Spring Security's own. */
  private static HttpSecurity stateless(HttpSecurity http) throws Exception {
    return http.csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions ->
                sessions
                    .sessionCreationPolicy(SessionCreationPolicy.STATELESS)
                    // the web apps renew their session at login; renewing it again here would lose
                    // it for their concurrent requests
                    .sessionFixation(fixation -> fixation.none()));
  }

  private static RequestMatcher path(String pattern) {
    return PathPatternRequestMatcher.withDefaults().matcher(pattern);
  }

  private static RequestMatcher path(HttpMethod method, String pattern) {
    return PathPatternRequestMatcher.withDefaults().matcher(method, pattern);
  }

  @Bean
  @ConditionalOnProperty(name = "camunda.bpm.enabled", havingValue = "false")
  ConfiguredUsers configuredUsers(AccessProperties properties) {
    return new ConfiguredUsers(properties);
  }

  @Bean
  HttpFirewall firewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedHeaderNames(HeaderRules::isName);
    firewall.setAllowedHeaderValues(HeaderRules::isValue);
    return firewall;
  }

  @Bean
  FilterRegistrationBean<MalformedPathFilter> malformedPaths(HttpFirewall firewall) {
    var registration = new FilterRegistrationBean<>(new MalformedPathFilter(firewall));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 40);
    return registration;
  }

  @Bean
  LoginAttempts loginAttempts(Clock clock) {
    return new LoginAttempts(clock);
  }

  @Bean
  FilterRegistrationBean<AllowedHostsFilter> allowedHosts(NetworkProperties properties) {
    var registration =
        new FilterRegistrationBean<>(new AllowedHostsFilter(properties.allowedHosts()));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 45);
    return registration;
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> bodyLimit(
      @Value("${signspace.access.longest-request:300MB}") DataSize limit) {
    var registration =
        new FilterRegistrationBean<>(new BodyLimitFilter(limit, MAX_WITHOUT_DOCUMENTS));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 50);
    return registration;
  }

  @Bean
  FilterRegistrationBean<SecureCookiesFilter> secureCookies() {
    var registration = new FilterRegistrationBean<>(new SecureCookiesFilter());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 60);
    return registration;
  }
}
