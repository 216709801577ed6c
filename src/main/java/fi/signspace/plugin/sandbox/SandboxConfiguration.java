package fi.signspace.plugin.sandbox;

import fi.signspace.plugin.sandbox.fault.ConnectionCutter;
import fi.signspace.plugin.sandbox.fault.FaultControl;
import fi.signspace.plugin.sandbox.fault.FaultInjectionFilter;
import fi.signspace.plugin.sandbox.file.SignedFiles;
import fi.signspace.plugin.sandbox.page.MailPage;
import fi.signspace.plugin.sandbox.page.Mailbox;
import fi.signspace.plugin.sandbox.page.RequestControl;
import fi.signspace.plugin.sandbox.page.SandboxPage;
import fi.signspace.plugin.sandbox.page.StateControl;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Configures the sandbox if no SignSpace is configured. */
@Configuration(proxyBeanMethods = false)
@Conditional(SandboxConfiguration.OnMissingSignSpace.class)
class SandboxConfiguration {

  /** Documents may use half of the heap. */
  private static final int SHARE_OF_MEMORY = 2;

  @Bean
  SandboxState sandboxState(Clock clock) {
    return new SandboxState(clock, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
  }

  @Bean
  RouterFunction<ServerResponse> sandboxApi(SandboxState state) {
    return SandboxRoutes.api(
        new TokenApi(state.tokens()),
        new FilesApi(state.files()),
        new TasksApi(state.tasks(), state.files(), state.clock()));
  }

  @Bean
  RouterFunction<ServerResponse> sandboxControl(SandboxState state) {
    return SandboxRoutes.control(
        new RequestControl(
            state.tasks(), state.files(), new SignedFiles(state.files()), state.clock()),
        new FaultControl(state.faults(), state.tokens(), state.calls()),
        new StateControl(state));
  }

  @Bean
  RouterFunction<ServerResponse> sandboxPage(SandboxState state) {
    return SandboxRoutes.page(new SandboxPage(state.files()));
  }

  /** Takes the mails of this node if it has no relay. */
  @Bean
  @ConditionalOnExpression("'${spring.mail.host:}'.isBlank()")
  Mailbox sandboxMailbox() {
    return new Mailbox();
  }

  @Bean
  RouterFunction<ServerResponse> sandboxMails(ObjectProvider<Mailbox> mailbox) {
    return new MailPage(mailbox.getIfAvailable(Mailbox::new)).routes();
  }

  /** Runs before every other filter, which could otherwise change a response after a reset. */
  @Bean
  FilterRegistrationBean<FaultInjectionFilter> sandboxFaultInjection(SandboxState state) {
    var registration =
        new FilterRegistrationBean<>(new FaultInjectionFilter(state.faults(), state.calls()));
    registration.addUrlPatterns(Operation.TOKEN_PATH, Operation.API + "/*");
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
    return registration;
  }

  @Bean
  ConnectionCutter sandboxConnectionCutter() {
    return new ConnectionCutter();
  }

  /** Matches if {@code signspace.api-url} is absent or empty. */
  static final class OnMissingSignSpace implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return Binder.get(context.getEnvironment())
          .bind("signspace.api-url", String.class)
          .map(String::isBlank)
          .orElse(true);
    }
  }
}
