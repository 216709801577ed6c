package fi.signspace.plugin.worker.remote;

import fi.signspace.plugin.environment.ConditionalOnWorkers;
import fi.signspace.plugin.http.HttpClients;
import fi.signspace.plugin.model.ModelCheck;
import fi.signspace.plugin.worker.execution.ExternalTaskFetcherFactory;
import fi.signspace.plugin.worker.execution.WorkerProperties;
import fi.signspace.plugin.worker.task.EngineProperties;
import fi.signspace.plugin.worker.task.EngineRestClient;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Deployment and model check for a remote engine; the embedded engine does both itself. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWorkers
class RemoteEngineConfiguration {

  @Bean
  @ConditionalOnProperty("signspace.deploy.enabled")
  RemoteDeployment remoteDeployment(
      EngineProperties engine,
      DeployProperties deploy,
      WorkerProperties properties,
      RandomGenerator random) {
    if (!engine.isRemote()) {
      throw new IllegalStateException(
          "signspace.deploy.enabled is for a remote engine, and camunda.bpm.client.base-url is missing."
              + " The embedded engine deploys by itself");
    }
    String url = String.valueOf(engine.baseUrl());
    EngineProperties.Login login = deploy.loginOr(engine.basicAuth());
    CloseableHttpClient http =
        HttpClients.internal(EngineRestClient.limits(properties.engineTimeout())).build();
    RestClient.Builder client =
        RestClient.builder()
            .baseUrl(url)
            .requestFactory(new HttpComponentsClientHttpRequestFactory(http));
    if (login.isGiven()) {
      client.defaultHeaders(
          headers -> headers.setBasicAuth(login.user(), login.secret(), StandardCharsets.UTF_8));
    }
    return new RemoteDeployment(client.build(), url, login.user(), random);
  }

  @Bean
  @ConditionalOnProperty(name = "camunda.bpm.enabled", havingValue = "false")
  RemoteModelCheck modelCheckOfRemoteEngine(
      ModelCheck check, ExternalTaskFetcherFactory factory, RandomGenerator random) {
    return new RemoteModelCheck(check, factory.engine(), random);
  }
}
