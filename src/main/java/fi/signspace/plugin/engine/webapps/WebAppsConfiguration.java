package fi.signspace.plugin.engine.webapps;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
@EnableConfigurationProperties(WebAppsProperties.class)
@Import({StartPage.class, WebAppsController.class})
class WebAppsConfiguration {}
