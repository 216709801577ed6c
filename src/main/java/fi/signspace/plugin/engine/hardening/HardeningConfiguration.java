package fi.signspace.plugin.engine.hardening;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cmmn.deployer.CmmnDeployer;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.glassfish.jersey.servlet.ServletContainer;
import org.glassfish.jersey.servlet.ServletProperties;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Installs the hardened parts in the engine and the web apps. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class HardeningConfiguration {

  @Bean
  ProcessEnginePlugin harmlessQueryExpressions() {
    return new AbstractProcessEnginePlugin() {
      @Override
      public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setExpressionManager(new QueryExpressionManager());
        List<CommandInterceptor> outermost = new ArrayList<>(List.of(new QueryExpressionGuard()));
        if (configuration.getCustomPreCommandInterceptorsTxRequired() != null) {
          outermost.addAll(configuration.getCustomPreCommandInterceptorsTxRequired());
        }
        configuration.setCustomPreCommandInterceptorsTxRequired(outermost);
      }
    };
  }

  /**
   * Anyone who can log in may create a case, with any variables, and it can start any process. This
   * product has no use for cases. With the engine's own switch, a new database would lack the
   * tables of cases, which another engine needs.
   */
  @Bean
  ProcessEnginePlugin noCases() {
    return new AbstractProcessEnginePlugin() {
      @Override
      public void postInit(ProcessEngineConfigurationImpl configuration) {
        configuration
            .getDeploymentCache()
            .setDeployers(
                configuration.getDeployers().stream()
                    .filter(deployer -> !(deployer instanceof CmmnDeployer))
                    .toList());
      }
    };
  }

  /** Runs before Camunda's initializer, which skips a servlet that is already registered. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  ServletContextInitializer adminWithoutSetup(CamundaBpmProperties properties) {
    return context -> {
      var servlet = context.addServlet("Admin Api", ServletContainer.class);
      servlet.addMapping(properties.getWebapp().getApplicationPath() + "/api/admin/*");
      servlet.setInitParameters(
          Map.of(
              ServletProperties.JAXRS_APPLICATION_CLASS,
              AdminApplicationWithoutSetup.class.getName()));
    };
  }
}
